"""Page types."""

from pages.models.assets import AssetIndexPage, AssetPage
from pages.models.base import PageFigure
from pages.models.content import ContentPage
from pages.models.home import HomePage
from pages.models.projects import ProjectIndexPage, ProjectPage

__all__ = [
    "AssetIndexPage",
    "AssetPage",
    "ContentPage",
    "HomePage",
    "PageFigure",
    "ProjectIndexPage",
    "ProjectPage",
]
