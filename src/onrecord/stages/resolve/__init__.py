"""The same actor across reports.

Entities are bundled by name, bundles that share a key (spelling, abbreviation, qualifier, state,
family name, story) are compared, and what is joined carries the reason. Two that one report names
as two, or that hold one office for two states, are kept apart, and reviewers' decisions come before
everything.

Does not do yet: persons known by family name alone without an office or a story in common, names in
two scripts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.geography import country_name, country_of_seat, fold
from onrecord.ids import make_id
from onrecord.stages.actors.joining import initials, is_acronym, swaps
from onrecord.stages.resolve.bundles import BROAD, Bundle, bundle, is_generic
from onrecord.stages.resolve.called import called
from onrecord.stages.resolve.clusters import Clusters, cluster
from onrecord.stages.resolve.links import Link, links, ordered
from onrecord.stages.resolve.misread import reread
from onrecord.stages.resolve.outside import Match, keys_of, matches, outside
from onrecord.stages.resolve.spoken import spoken_for
from onrecord.stages.resolve.together import together
from onrecord.types import Actor, ActorKind, Corpus, Decision, Entity, Part, Role

ROUNDS = 3  # of asking what decisions mean
SELDOM = 12  # of so many reports one that spells a name out makes it no abbreviation's
PLACED = frozenset({"place", "people"})
FEW = 5  # times as many reports outweigh one that says it more clearly
# Kinds that say little, so that any report that knows better decides.
VAGUE = frozenset({"unknown", "organisation", "people", "place"})


def resolve(corpus: Corpus, *, nouns_too: bool = False) -> Corpus:
    """Return the corpus with its actors, sorted by id, and the actor of every entity.

    With `nouns_too` who is only called by one noun in a story is taken for one, or for whoever
    alone is named and called so: a guess for measuring, which no record rests on.
    """
    readings = reread(corpus.readings)
    bundles = bundle(readings)
    story_of = {report: story.id for story in corpus.stories for report in story.reports}
    known = matches(bundles, corpus.candidates)
    by_words = (*links(bundles), *spoken_for(bundles))
    in_stories = together(bundles, readings, story_of, nouns_too=nouns_too)
    found = ordered([*by_words, *in_stories, *outside(known)])
    entities = {e.id: e for reading in readings for e in reading.entities}
    clusters, meant = _decided(bundles, found, entities, corpus)
    members = _members(entities, clusters)
    ids = _ids(entities, members)
    identity = {id_: ids[root] for root, several in members.items() for id_ in several}
    external = _external(clusters, bundles, known, corpus)
    maybe = _maybe(clusters, identity)
    also = {id_: forms for reading in readings for id_, forms in called(reading).items()}
    states = _states([[entities[id_] for id_ in several] for several in members.values()])
    actors = (
        _actor(
            ids[root],
            [_of_states(entities[id_], states) for id_ in several],
            [*clusters.why[root], *external.get(root, {}).values()],
            identity,
            maybe,
            external.get(root, {}),
            {form for id_ in several for form in also.get(id_, ())},
        )
        for root, several in members.items()
    )
    named = _renamed(actors, corpus.decisions, meant, identity)
    sorted_ = tuple(sorted(named, key=lambda actor: actor.id))
    return replace(corpus, actors=sorted_, identity=dict(sorted(identity.items())))


def _decided(
    bundles: dict[str, Bundle], found: list[Link], entities: dict[str, Entity], corpus: Corpus
) -> tuple[Clusters, dict[str, list[str]]]:
    """Return the clusters after the reviewers' decisions, and what these mean by their words.

    A decision may be on an actor that another decision made, so what ids mean is asked again.
    """
    keys = {one.id: one.key for one in corpus.candidates}
    clusters = cluster(bundles, found, (), {}, keys)
    meant: dict[str, list[str]] = {}
    for id_, key in sorted(keys.items()):
        meant[id_] = [id_]
        meant.setdefault(key, []).append(id_)
    asked = {form for d in corpus.decisions for on in d.on for form in (on, fold(on))}
    for _ in range(ROUNDS if asked else 0):
        told = _meant(entities, _ids(entities, _members(entities, clusters)), clusters)
        if not asked & (told.keys() - meant.keys()):
            break
        meant = told | meant
        clusters = cluster(bundles, found, corpus.decisions, meant, keys)
    return clusters, meant


def _external(
    clusters: Clusters, bundles: dict[str, Bundle], known: list[Match], corpus: Corpus
) -> dict[str, dict[str, str]]:
    """Return for each cluster the keys that registers have for it, and why: a reviewer's first."""
    external: dict[str, dict[str, str]] = defaultdict(dict)
    settled = set()
    for one in sorted(corpus.candidates, key=lambda one: (one.key, one.id)):
        root = clusters.find(one.id)
        if root != one.id or clusters.reports[root]:
            external[root][one.key] = "a reviewer said so"
            settled.add(one.key)
    root_of = {key: clusters.find(bundle.entities[0].id) for key, bundle in bundles.items()}
    for root, several in keys_of(known, root_of).items():
        for match in several:
            apart = clusters.held_apart(root, match.candidate.id)
            if match.candidate.key not in settled and not apart:
                external[root][match.candidate.key] = match.why
    return external


def _renamed(
    actors: Iterable[Actor],
    decisions: Iterable[Decision],
    meant: dict[str, list[str]],
    identity: dict[str, str],
) -> Iterator[Actor]:
    """Yield the actors, those that a reviewer named under that name; the latest holds."""
    names: dict[str, str] = {}
    there = set(identity.values())
    for decision in sorted(decisions, key=lambda decision: (decision.at, decision.id)):
        if decision.what == "rename":
            (on,) = decision.on
            entities = [] if on in there else meant.get(on) or meant.get(fold(on), [])
            for key in {on} & there or {identity[entity] for entity in entities}:
                names[key] = decision.note
    for actor in actors:
        name = names.get(actor.id)
        if name is None:
            yield actor
        else:
            why = (*actor.why, f"a reviewer named it: {actor.name} before")
            yield replace(actor, name=name, names=tuple(sorted({*actor.names, name})), why=why)


def _members(entities: dict[str, Entity], clusters: Clusters) -> dict[str, list[str]]:
    """Return the entities of each cluster, sorted, by the one that stands for it."""
    members: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(entities):
        members[clusters.find(id_)].append(id_)
    return members


def _ids(entities: dict[str, Entity], members: dict[str, list[str]]) -> dict[str, str]:
    """Return the id of each cluster, made of its kind and its name, so that reports can be added.

    Of several actors with one name the one of most reports has the plain id.
    """
    by_id: dict[str, list[str]] = defaultdict(list)
    ids: dict[str, str] = {}
    for root, several in members.items():
        listed = [entities[id_] for id_ in several]
        if not any(entity.named for entity in listed):
            ids[root] = make_id("actor", several[0])
            continue
        country = _country(listed)
        broad = BROAD.get(_kind(listed), "group")
        name = country if broad == "state" and country else fold(_best_name(listed))
        by_id[make_id("actor", broad, name)].append(root)
    for plain, roots in by_id.items():
        roots.sort(key=lambda root: (-len(members[root]), members[root][0]))
        ids[roots[0]] = plain
        for root in roots[1:]:
            ids[root] = make_id("actor", plain, members[root][0])
    return ids


def _meant(
    entities: dict[str, Entity], ids: dict[str, str], clusters: Clusters
) -> dict[str, list[str]]:
    """Return the entities that a decision means by an entity's id, an actor's id or a name."""
    meant: dict[str, list[str]] = defaultdict(list)
    for id_, entity in sorted(entities.items()):
        meant[id_].append(id_)
        meant[ids[clusters.find(id_)]].append(id_)
        for form in {fold(form) for form in (entity.name, *entity.names)} if entity.named else ():
            meant[form].append(id_)
    return meant


def _states(clusters: list[list[Entity]]) -> dict[str, str]:
    """Return the folded adjectives of states that no atlas knows, with the states' names."""
    return {
        fold(form): _best_name(entities)
        for entities in clusters
        if _kind(entities) == "state" and _country(entities) is None
        for entity in entities
        if entity.kind == "people"
        for form in entity.names
    }


def _of_states(entity: Entity, states: dict[str, str]) -> Entity:
    """Return an entity whose roles are held for states, not for their adjectives."""
    if not any(fold(role.of or "") in states for role in entity.roles):
        return entity
    roles = (replace(role, of=states.get(fold(role.of or ""), role.of)) for role in entity.roles)
    return replace(entity, roles=tuple(roles))


def _maybe(clusters: Clusters, identity: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return for each actor those that it may be one with, and the first reason by its words."""
    maybe: dict[str, dict[str, str]] = defaultdict(dict)
    for one, other, why in sorted(clusters.maybe, key=lambda doubt: doubt[2]):
        first, second = identity.get(one), identity.get(other)
        if first is not None and second is not None and first != second:
            maybe[first].setdefault(second, why)
            maybe[second].setdefault(first, why)
    return maybe


def _best_name(entities: list[Entity]) -> str:
    """Return the name that most reports give in full, the longest of those as frequent."""
    # The adjective of a state's name is a name only where nothing else is.
    state = _kind(entities) == "state"
    named = [e for e in entities if e.kind == "state" or not state] or entities
    counts = Counter(entity.name for entity in named)
    # An abbreviation is a name where hardly a report spells it out.
    least = counts.total() / SELDOM
    spelled = {n: c for n, c in counts.items() if not is_acronym(n) and c >= least} or counts
    return min(spelled, key=lambda name: (-counts[name], -len(name.split()), name))


def _kind(entities: list[Entity]) -> ActorKind:
    """Return the kind that most reports tell, leaving out vague ones where another is told."""
    counts = Counter(entity.kind for entity in entities)
    if len(counts) > 1:
        counts.pop("people", None)
    clear = {kind: count for kind, count in counts.items() if kind not in VAGUE}
    if max(counts, key=lambda kind: (counts[kind], kind)) in PLACED:
        # One report that sees an outlet does not make one of what five hundred call a place.
        clear = {kind: n for kind, n in clear.items() if n * FEW >= counts.total()}
    clear = clear or counts
    return min(clear, key=lambda kind: (-clear[kind], kind))


def _country(entities: list[Entity]) -> str | None:
    codes = Counter(entity.country for entity in entities if entity.country)
    return min(codes, key=lambda code: (-codes[code], code)) if codes else None


def _actor(
    id_: str,
    entities: list[Entity],
    why: list[str],
    identity: dict[str, str],
    maybe: dict[str, dict[str, str]],
    registers: Iterable[str],
    also: set[str],
) -> Actor:
    named = [entity for entity in entities if entity.named]
    telling = named or entities
    name, kind, country = _best_name(telling), _kind(telling), _country(entities)
    names = {form for e in telling for form in (e.name, *e.names)}
    if kind == "government" and country and is_generic(fold(name)) and not country_of_seat(name):
        name = f"{name} ({country_name(country)})"
    return Actor(
        id=id_,
        name=name,
        kind=kind,
        names=tuple(sorted({*also, *names})),
        external=(
            *((f"ISO 3166: {country}",) if kind == "state" and country else ()),
            *dict.fromkeys(registers),
        ),
        part_of=_parts(id_, entities, identity),
        roles=_roles(entities),
        entities=tuple(sorted(entity.id for entity in entities)),
        maybe=tuple(sorted(maybe.get(id_, {}))),
        why=tuple(sorted({*why, *_slips(names)})),
        doubts=tuple(why for _, why in sorted(maybe.get(id_, {}).items())),
        named=bool(named),
    )


def _slips(names: set[str]) -> Iterator[str]:
    """Yield in words which abbreviations are probably slips: letters swapped in one that fits."""
    fitting = {letters for name in names if " " in name for letters in initials(name)}
    for form in names:
        if is_acronym(form) and form not in fitting:
            for swap in swaps(form):
                if swap in fitting and swap in names:
                    yield f"{form!r} is probably a slip for {swap!r}"


def _parts(id_: str, entities: list[Entity], identity: dict[str, str]) -> tuple[Part, ...]:
    parts: dict[tuple[str, str, str], Part] = {}
    for entity in entities:
        for part in entity.part_of:
            whole = identity.get(part.actor)
            if whole is None or whole == id_:
                continue
            key = (whole, str(part.when.earliest), str(part.when.latest))
            earlier = parts[key].evidence if key in parts else ()
            told = tuple(sorted({*earlier, *part.evidence}))
            parts[key] = Part(whole, part.when, told)
    return tuple(parts[key] for key in sorted(parts))


def _roles(entities: list[Entity]) -> tuple[Role, ...]:
    roles: dict[tuple[str, str, str, str], Role] = {}
    for entity in sorted(entities, key=lambda entity: entity.id):
        for role in entity.roles:
            when = (str(role.when.earliest), str(role.when.latest))
            key = (fold(role.role), fold(role.of or ""), *when)
            earlier = roles.get(key, role)
            told = tuple(sorted({*earlier.evidence, *role.evidence}))
            roles[key] = replace(earlier, evidence=told)
    return tuple(roles[key] for key in sorted(roles))
