from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_MODULES = "js/*.js"
IMPORTS = (
    (r"""(?P<matched>from\s*["'](?P<url>\.{1,2}/[^"']+)["'])""", 'from "%(url)s"'),
    (r"""(?P<matched>import\s*["'](?P<url>\.{1,2}/[^"']+)["'])""", 'import "%(url)s"'),
)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Each file under the hash of its content, so that browsers may keep it for ever.

    Our modules import each other by name. Django can rewrite such imports, but only in all scripts or none,
    and some of those that packages bring do not pass.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, (OUR_MODULES, IMPORTS))
