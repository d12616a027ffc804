"""Page types, and the figures they show."""

from pages.models.assets import AssetIndexPage, AssetPage
from pages.models.content import ContentPage
from pages.models.figures import Figure, PageFigure
from pages.models.home import HomePage
from pages.models.projects import ProjectIndexPage, ProjectPage

__all__ = [
    "AssetIndexPage",
    "AssetPage",
    "ContentPage",
    "Figure",
    "HomePage",
    "PageFigure",
    "ProjectIndexPage",
    "ProjectPage",
]
