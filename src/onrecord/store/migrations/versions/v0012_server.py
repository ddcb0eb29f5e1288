"""What a server needs beside what a file has: order by code points, search, longer keys.

In both there are lists of mentions and of times from now on, made when the reports are joined.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

# Columns whose words may be longer than what a B-tree takes; they are asked for as a whole.
LONG = {
    "report": ("path", "file", "stem", "url"),
    "statement": ("speaker_name",),
    "entity": ("name",),
    "actor": ("name",),
    "figure": ("unit",),
}
WORDS = """
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TEXT SEARCH DICTIONARY onrecord_stem (TEMPLATE = snowball, LANGUAGE = porter);

CREATE TEXT SEARCH CONFIGURATION onrecord (PARSER = "default");

ALTER TEXT SEARCH CONFIGURATION onrecord ADD MAPPING FOR
    asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part,
    hword_numpart, int, uint, float, sfloat, version, email, url, host, url_path, file
    WITH unaccent, onrecord_stem;

CREATE FUNCTION onrecord_plain(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT regexp_replace(normalize(given, NFC) COLLATE "und-x-icu", '[^[:alnum:]]+', ' ', 'g')
$$;

CREATE FUNCTION onrecord_words(given text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path FROM CURRENT AS $$
BEGIN
    RETURN to_tsvector('onrecord', onrecord_plain(given));
EXCEPTION WHEN program_limit_exceeded THEN
    RETURN to_tsvector('onrecord', left(onrecord_plain(given), 200000));
END
$$;

CREATE FUNCTION onrecord_asked(given text[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path FROM CURRENT AS $$
DECLARE
    word text;
    found tsquery := '';
BEGIN
    FOREACH word IN ARRAY given LOOP
        found := found && phraseto_tsquery('onrecord', onrecord_plain(word));
    END LOOP;
    RETURN found;
END
$$;

ALTER TABLE report ADD COLUMN search tsvector GENERATED ALWAYS AS
    (onrecord_words(coalesce(title, '') || ' ' || text)) STORED;

ALTER TABLE statement ADD COLUMN search tsvector GENERATED ALWAYS AS
    (onrecord_words(speaker_name || ' ' || words)) STORED;

CREATE INDEX report_search ON report USING gin (search);

CREATE INDEX statement_search ON statement USING gin (search);

CREATE INDEX listed_called ON listed USING gin (whom gin_trgm_ops) WHERE list = 'called'
"""


def upgrade() -> None:
    """Have the lists made anew, and change what a server orders and finds words by."""
    connection = op.get_bind()
    op.execute("DELETE FROM meta WHERE name = 'corpus'")
    if connection.dialect.name != "postgresql":
        return
    tables = sa.inspect(connection)
    for table in tables.get_table_names():
        if table == "alembic_version":
            continue
        for column in tables.get_columns(table):
            if isinstance(column["type"], sa.String):
                name = column["name"]
                change = f'ALTER TABLE "{table}" ALTER COLUMN "{name}" TYPE text COLLATE "C"'
                op.execute(change)
    for table, names in LONG.items():
        for name in names:
            op.drop_index(f"ix_{table}_{name}", table)
            op.create_index(f"ix_{table}_{name}", table, [name], postgresql_using="hash")
    for statement in WORDS.strip().split(";\n\n"):
        connection.exec_driver_sql(statement)
