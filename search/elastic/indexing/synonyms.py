"""The synonym set on the server, kept equal to the staff's sets; effective at once."""

from elasticsearch import NotFoundError

from search.analysis.synonyms import Synonyms, synonyms_of
from search.elastic import client, definition
from search.models import SynonymSet

# Largest page of rules on the server, so the largest set.
_MOST = 10_000


def push() -> None:
    """Replace the synonym set on the server by the sets in force."""
    server = client.writer()
    server.synonyms.put_synonym(
        id=definition.synonym_set(), synonyms_set=[{"synonyms": rule} for rule in rules(_in_force())]
    )
    # The request cache keeps old answers ("Reload search analyzers", Elasticsearch guide).
    server.indices.clear_cache(index=f"{definition.alias()}*", request=True)


def are_pushed() -> bool:
    """Return True when the server holds the sets in force."""
    try:
        answer = client.writer().synonyms.get_synonym(id=definition.synonym_set(), size=_MOST).body
    except NotFoundError:
        return False
    return {rule["synonyms"] for rule in answer["synonyms_set"]} == set(rules(_in_force()))


def rules(synonyms: Synonyms) -> list[str]:
    """Return a rule per expression in Solr notation: `local activit => local activit, atelier`."""
    return sorted(
        f"{' '.join(words)} => {', '.join(' '.join(other) for other in alternatives)}"
        for words, alternatives in synonyms.items()
    )


def _in_force() -> Synonyms:
    return synonyms_of(SynonymSet.objects.values_list("expressions", flat=True))
