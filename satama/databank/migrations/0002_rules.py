"""Rules that span rows, kept by the database itself: slugs along the tree, and the content version."""

from collections.abc import Iterator

from django.db import migrations

# A name that means two things in a region and its parents would make links lead to the wrong one.
SLUG_ONCE_IN_THE_TREE = """
CREATE FUNCTION databank_slug_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    field text := TG_ARGV[0];
    slug text := to_jsonb(NEW) ->> field;
    taken boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_NAME || slug));
    EXECUTE format($q$
        WITH RECURSIVE up AS (
            SELECT id, parent_id FROM databank_region WHERE id = $1
            UNION ALL SELECT r.id, r.parent_id FROM databank_region r JOIN up ON r.id = up.parent_id
        ), down AS (
            SELECT id FROM databank_region WHERE parent_id = $1
            UNION ALL SELECT r.id FROM databank_region r JOIN down ON r.parent_id = down.id
        )
        SELECT EXISTS (SELECT 1 FROM %%I t WHERE t.%%I = $2 AND t.id <> $3
            AND (t.region_id IN (SELECT id FROM up) OR t.region_id IN (SELECT id FROM down)))
    $q$, TG_TABLE_NAME, field) INTO taken USING NEW.region_id, slug, NEW.id;
    IF taken THEN
        RAISE unique_violation USING
            CONSTRAINT = TG_TABLE_NAME || '_once_in_the_tree',
            MESSAGE = format('%%s %%s exists already in this region or above or below it', TG_TABLE_NAME, slug);
    END IF;
    RETURN NEW;
END $$;
"""

# Moving a region would need every slug checked again, and could close a circle.
PARENT_IS_FIXED = """
CREATE FUNCTION databank_parent_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.parent_id IS DISTINCT FROM OLD.parent_id THEN
        RAISE check_violation USING CONSTRAINT = 'region_parent_is_fixed',
            MESSAGE = 'the parent of a region cannot change';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER parent_is_fixed BEFORE UPDATE ON databank_region
    FOR EACH ROW EXECUTE FUNCTION databank_parent_is_fixed();
"""

# Each transaction leaves its own number, once; readers keep pages and indexes for a number.
# The row comes back if someone empties the table: without it every page would stay as it is.
CONTENT_VERSION = """
INSERT INTO databank_contentversion (id, version) VALUES (1, 0);
CREATE FUNCTION databank_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO databank_contentversion AS kept (id, version) VALUES (1, txid_current())
        ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version
        WHERE kept.version <> EXCLUDED.version;
    RETURN NULL;
END $$;
"""
# After the content version, whose row lets one transaction write at a time: numbers of changes are
# committed in their order, and who follows them misses none.
CHANGES = """
CREATE FUNCTION databank_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO databank_change (kind, "row") VALUES ('all', 0);
    ELSE
        EXECUTE format(
            'INSERT INTO databank_change (kind, "row") SELECT DISTINCT %L, %I FROM changed_rows',
            TG_ARGV[0], TG_ARGV[1]
        );
    END IF;
    RETURN NULL;
END $$;
"""
LOGGED = {
    "entry": ("entry", "id"),
    "text": ("entry", "entry_id"),
    "entrytopic": ("entry", "entry_id"),
    "topic": ("topic", "id"),
    "organisation": ("organisation", "id"),
}
SLUG_TABLES = {
    "topic": "slug",
    "organisation": "slug",
    "place": "slug",
    "fact": "key",
    "entry": "slug",
}
TABLES = [
    *("region", "municipality", "topic", "organisation", "place", "fact", "factvalue", "entry"),
    *("text", "channel", "entrytopic", "entrylink", "entry_also", "entry_municipalities"),
    "redirect",
]


def triggers() -> str:
    once = (
        f"CREATE TRIGGER slug_once BEFORE INSERT OR UPDATE OF {field}, region_id ON databank_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION databank_slug_once('{field}');"
        for table, field in SLUG_TABLES.items()
    )
    changed = (
        f"CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON databank_{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION databank_changed();"
        for table in TABLES
    )
    return "\n".join([*once, *changed, *logged()])


def logged() -> Iterator[str]:
    rows = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
    for table, (kind, column) in LOGGED.items():
        log = f"FOR EACH STATEMENT EXECUTE FUNCTION databank_log('{kind}', '{column}');"
        for event, which in rows.items():
            yield (
                f"CREATE TRIGGER logged_{event.lower()} AFTER {event} ON databank_{table} "
                f"REFERENCING {which} TABLE AS changed_rows {log}"
            )
        yield f"CREATE TRIGGER logged_truncate AFTER TRUNCATE ON databank_{table} {log}"


UNDO = """
DROP FUNCTION databank_log() CASCADE;
DROP FUNCTION databank_changed() CASCADE;
DROP FUNCTION databank_parent_is_fixed() CASCADE;
DROP FUNCTION databank_slug_once() CASCADE;
DELETE FROM databank_contentversion;
"""


class Migration(migrations.Migration):
    dependencies = [("databank", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (SLUG_ONCE_IN_THE_TREE + PARENT_IS_FIXED + CONTENT_VERSION + CHANGES).replace("%%", "%")
            + triggers(),
            UNDO,
        )
    ]
