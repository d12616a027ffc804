"""Static files with hashed names, as whitenoise serves them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Does not follow source maps: packaged libraries name maps that they do not ship."""

    patterns = tuple(
        (
            extension,
            tuple(rule for rule in rules if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0])),
        )
        for extension, rules in CompressedManifestStaticFilesStorage.patterns
    )
