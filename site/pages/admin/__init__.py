"""What the admin does otherwise than Wagtail: the guards of translation and of the tree, the checks of pages."""
