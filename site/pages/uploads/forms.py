"""What editors upload, refused in words where it cannot be taken."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from foundation.uploads.contents import UploadError
from foundation.uploads.documents import check_document
from pages.uploads.pictures import encoded


class PictureField(WagtailImageField):
    """Takes a picture by its content, whatever it is called, and gives it encoded anew.

    Wagtail's own raises `OSError` for a JPEG that is cut short.
    """

    @classmethod
    def instead_of(cls, field: forms.Field) -> "PictureField":
        return cls(label=field.label, required=field.required, widget=field.widget)

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        try:
            return super().to_python(encoded(data))
        except UploadError as error:
            raise ValidationError(str(error)) from None


class ImageForm(BaseImageForm):
    """Wagtail's, with our field (`WAGTAILIMAGES_IMAGE_FORM_BASE`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The form that edits what was dragged into the list has none.
        if "file" in self.fields:
            self.fields["file"] = PictureField.instead_of(self.fields["file"])


class DocumentForm(BaseDocumentForm):
    """Wagtail's, with the content held to the extension (`WAGTAILDOCS_DOCUMENT_FORM_BASE`)."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        file.seek(0)
        try:
            check_document(file.read(), PurePosixPath(file.name).suffix.lower().removeprefix("."))
        except UploadError as error:
            raise ValidationError(str(error)) from None
        file.seek(0)
        return file


def take_profile_pictures() -> None:
    """Give Wagtail's account page our field; it has no setting for its form."""
    fields = AvatarPreferencesForm.base_fields
    fields["avatar"] = PictureField.instead_of(fields["avatar"])
