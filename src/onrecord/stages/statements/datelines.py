"""Datelines: the place, day and agency before the first sentence of a report ("PLACE, Day —")."""

import re

from onrecord.parsing import Parse

# A place in capitals or with an agency in brackets, then a dash; or a single place and "- ".
DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'’\- ]{2,}[^—–\n]{0,50}?(?:\s*[—–]\s*|\s-{1,2}\s|--\s*)"
    r"|[A-Z][\w.'’\-, ]{1,50}\([A-Z][\w .&/-]{1,30}\)\s*(?:[—–]|-{1,2})\s*"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:, [A-Z][\w. ]{1,20})?\s?(?:[—–]|-{1,2})\s+)"
)
MAX_TOKENS = 16  # a longer opening before a dash is a sentence


def dateline_ends(parse: Parse) -> dict[int, int]:
    """Return, for each first token of a dateline, the first token after it."""
    ends = {}
    for number, block in enumerate(parse.blocks):
        tokens = parse.block_tokens(number)
        start = parse.starts[tokens.start]
        found = DATELINE.match(parse.report.text, start, min(block.end, start + 120))
        if found is None:
            continue
        after = parse.tokens_in(found.end(), block.end)
        if block.kind != "title" and len(after) > MAX_TOKENS // 2:
            first = after.start
            if 0 < first - tokens.start <= MAX_TOKENS:
                ends[tokens.start] = first
    return ends
