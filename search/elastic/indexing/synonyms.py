"""The set of synonyms on the server: as staff keep them, in the words of the index. Searches follow at once."""

from elasticsearch import NotFoundError

from search.analysis.synonyms import Synonyms, synonyms_of
from search.elastic import client, definition
from search.models import SynonymSet

# The most rules that the server returns in a page; a set may hold no more.
_MOST = 10_000


def push() -> None:
    """Put the synonyms in force now in the place of those on the server, which reads them at once."""
    server = client.writer()
    server.synonyms.put_synonym(
        id=definition.synonym_set(), synonyms_set=[{"synonyms": rule} for rule in rules(_in_force())]
    )
    # The server goes on answering what it has kept from before ("Reload search analyzers", Elasticsearch guide).
    server.indices.clear_cache(index=f"{definition.alias()}*", request=True)


def are_pushed() -> bool:
    """Whether the server has the synonyms in force."""
    try:
        answer = client.writer().synonyms.get_synonym(id=definition.synonym_set(), size=_MOST).body
    except NotFoundError:
        return False
    return {rule["synonyms"] for rule in answer["synonyms_set"]} == set(rules(_in_force()))


def rules(synonyms: Synonyms) -> list[str]:
    """One rule an expression, in Solr's notation: `local activit => local activit, atelier`."""
    return sorted(
        f"{' '.join(words)} => {', '.join(' '.join(other) for other in alternatives)}"
        for words, alternatives in synonyms.items()
    )


def _in_force() -> Synonyms:
    return synonyms_of(SynonymSet.objects.values_list("expressions", flat=True))
