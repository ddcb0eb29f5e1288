"""Who and what a report names: entities with their names, kinds and roles, and every mention.

The encoder tells where names are, rules their titles and what belongs together; a name's kind is
voted on over the whole report. One report at a time: `resolve` joins the same actor across reports.

Does: abbreviations, family names, "the Foos" for the group, a people's adjective before a group's
name, adjectives of states no atlas knows, capitals that act as governments, offices with
evidence, factions, aliases, descriptions by office or head word, clear pronouns.
Who is only described, and pronouns that need more than the nearest clauses, are added for events,
after the statements are known (`unnamed`, called by the events stage).
Does not do yet: entities for speakers who are only described, "they" for several who are named.
"""

from dataclasses import replace

from onrecord.models.attribution import tag
from onrecord.parsing import Parse
from onrecord.stages.actors.assign import Owned, assign
from onrecord.stages.actors.cast import find_names, gather
from onrecord.stages.actors.describe import promote
from onrecord.stages.actors.drafting import build, cast
from onrecord.stages.actors.joining import GROUPS, join
from onrecord.stages.actors.lookup import entity_of, mentions_in
from onrecord.stages.actors.page import lay_out
from onrecord.stages.actors.refer import Known, genders, references
from onrecord.stages.actors.roles import belongings, offices
from onrecord.stages.actors.states import adjectives, capitals, vote_for_bases
from onrecord.types import Reading

__all__ = ["actors", "entity_of", "mentions_in"]


def actors(reading: Reading, parse: Parse) -> Reading:
    """Return the reading with its entities, sorted by id, and its mentions, sorted by place."""
    if not len(parse.doc):
        return reading
    page = lay_out(parse)
    tags = tag(parse.report.text, parse.ranges)
    names = find_names(page, tags)
    drafts = gather(page, names)
    derived = adjectives(page, drafts)
    vote_for_bases(drafts, derived)
    joined = join(page, drafts)
    owned = Owned(derived, capitals(page, drafts, derived))
    mentions = assign(page, names, drafts, joined, owned)
    found = cast(page, drafts, joined, mentions)
    persons = {key for key, kind in found.kinds.items() if kind == "person"}
    groups = {key for key, kind in found.kinds.items() if kind in GROUPS}
    held = list(offices(page, mentions, persons))
    parts = list(belongings(page, mentions, groups))
    states = {key: joined.get(base, base) for key, base in derived.items()}
    known = Known(found.kinds, found.countries, held, genders(page, mentions), states)
    everything = [*mentions, *references(page, mentions, known)]
    promote(page, everything, found.kinds)
    entities, written = build(page, found, everything, held, parts)
    return replace(reading, entities=entities, mentions=written)
