"""Rules that span rows, kept by the database itself: slugs along the tree, the content version, and
that no published address vanishes."""

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
# What is said of addresses in docs/decisions/0018. An address is what stands after the language:
# `entries/tax-card`. It is there for the readers of a language in a region when a page shows it, or
# a redirect leads on to one that does.
ADDRESSES = """
CREATE FUNCTION databank_lineage(home bigint) RETURNS TABLE (id bigint, depth integer)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE up AS (
        SELECT r.id, r.parent_id, 0 AS depth FROM databank_region r WHERE r.id = home
        UNION ALL SELECT r.id, r.parent_id, depth + 1
            FROM databank_region r JOIN up ON r.id = up.parent_id
    ) SELECT up.id, up.depth FROM up
$$;
CREATE FUNCTION databank_below(home bigint)
RETURNS TABLE (id bigint, slug text, language text, place bigint) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE down AS (
        SELECT r.id FROM databank_region r WHERE r.id = home
        UNION ALL SELECT r.id FROM databank_region r JOIN down ON r.parent_id = down.id
    ) SELECT r.id, r.slug, spoken.language, spoken.place
        FROM databank_region r JOIN down USING (id),
            unnest(r.languages) WITH ORDINALITY AS spoken (language, place)
$$;
CREATE FUNCTION databank_has_begun(home bigint, since date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT since IS NULL OR since <= coalesce(
        (SELECT (now() AT TIME ZONE r.time_zone)::date FROM databank_region r WHERE r.id = home),
        current_date
    )
$$;
CREATE FUNCTION databank_way_on(home bigint, spoken text, address text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT r."to" FROM databank_redirect r JOIN databank_lineage(home) up ON up.id = r.region_id
    WHERE r.path = address AND r.language IN (spoken, '')
    ORDER BY r.language = '', up.depth LIMIT 1
$$;
CREATE FUNCTION databank_shows(home bigint, spoken text, address text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    folder text := split_part(address, '/', 1);
    name text := split_part(address, '/', 2);
BEGIN
    IF folder = 'topics' THEN
        RETURN EXISTS (SELECT 1 FROM databank_topic t
            WHERE t.slug = name AND t.region_id IN (SELECT id FROM databank_lineage(home)));
    ELSIF folder = 'organisations' THEN
        RETURN EXISTS (SELECT 1 FROM databank_organisation o
            WHERE o.slug = name AND o.region_id IN (SELECT id FROM databank_lineage(home)));
    END IF;
    RETURN EXISTS (SELECT 1 FROM databank_entry e
        WHERE e.slug = name AND e.live AND databank_has_begun(home, e.valid_from)
        AND e.region_id IN (SELECT id FROM databank_lineage(home))
        AND (EXISTS (SELECT 1 FROM databank_text t WHERE t.entry_id = e.id AND t.language = spoken)
            OR NOT EXISTS (SELECT 1 FROM databank_redirect r
                WHERE r.path = address AND r.language = spoken
                AND r.region_id IN (SELECT id FROM databank_lineage(home)))));
END $$;
CREATE FUNCTION databank_answers(home bigint, spoken text, address text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    seen text[] := '{}';
BEGIN
    WHILE address IS NOT NULL AND NOT address = ANY(seen) LOOP
        IF databank_shows(home, spoken, address) THEN
            RETURN true;
        END IF;
        seen := seen || address;
        address := databank_way_on(home, spoken, address);
    END LOOP;
    RETURN false;
END $$;
CREATE FUNCTION databank_lost(addresses text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF addresses <> '{}' THEN
        RAISE check_violation USING CONSTRAINT = 'address_stays',
            MESSAGE = format('readers would lose %s; give a redirect first',
                array_to_string(addresses[1:5], ', ')),
            DETAIL = array_to_string(addresses, E'\\n');
    END IF;
END $$;
CREATE FUNCTION databank_address_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    folder text := TG_ARGV[0];
    address text := folder || '/' || OLD.slug;
    was jsonb := to_jsonb(OLD);
BEGIN
    IF folder = 'entries' AND NOT ((was ->> 'live')::boolean
            AND databank_has_begun(OLD.region_id, (was ->> 'valid_from')::date)) THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM databank_region WHERE id = OLD.region_id) THEN
        PERFORM databank_lost(ARRAY[address]);
    END IF;
    PERFORM databank_lost(array_agg(
        format('/%s/%s/%s', r.slug, r.language, address) ORDER BY r.id, r.place))
    FROM databank_below(OLD.region_id) r WHERE NOT databank_answers(r.id, r.language, address);
    RETURN NULL;
END $$;
CREATE FUNCTION databank_text_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry databank_entry;
BEGIN
    SELECT * INTO entry FROM databank_entry WHERE id = OLD.entry_id;
    IF entry.live AND databank_has_begun(entry.region_id, entry.valid_from) AND NOT EXISTS (
        SELECT 1 FROM databank_text WHERE entry_id = entry.id AND language = OLD.language
    ) THEN
        PERFORM databank_lost(array_agg(
            format('/%s/%s/entries/%s', r.slug, r.language, entry.slug) ORDER BY r.id))
        FROM databank_below(entry.region_id) r
        WHERE r.language = OLD.language
            AND (databank_shows(r.id, r.language, 'entries/' || entry.slug)
                OR NOT databank_answers(r.id, r.language, 'entries/' || entry.slug));
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION databank_redirect_leads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM databank_lost(array_agg(DISTINCT
        format('/%s/%s/%s', r.slug, r.language, here.path)))
    FROM (VALUES (OLD.region_id, OLD.language, OLD.path), (NEW.region_id, NEW.language, NEW.path))
        here (region, language, path), databank_below(here.region) r
    WHERE here.language IN (r.language, '') AND NOT databank_answers(r.id, r.language, here.path);
    RETURN NULL;
END $$;
CREATE FUNCTION databank_region_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    region databank_region;
    home bigint := coalesce(NEW.id, OLD.parent_id);
BEGIN
    IF NOT EXISTS (SELECT 1 FROM databank_lineage(home) up WHERE
        EXISTS (SELECT 1 FROM databank_entry WHERE region_id = up.id AND live)
        OR EXISTS (SELECT 1 FROM databank_topic WHERE region_id = up.id)
        OR EXISTS (SELECT 1 FROM databank_organisation WHERE region_id = up.id)) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO region FROM databank_region WHERE id = OLD.id;
    IF region.slug IS DISTINCT FROM OLD.slug THEN
        PERFORM databank_lost(ARRAY[format('/%s/', OLD.slug)]);
    END IF;
    PERFORM databank_lost(array_agg(format('/%s/%s/', OLD.slug, spoken)))
    FROM (SELECT unnest(OLD.languages) UNION SELECT key FROM jsonb_each(
        CASE jsonb_typeof(OLD.fallbacks) WHEN 'object' THEN OLD.fallbacks ELSE '{}' END
    )) was (spoken)
    WHERE databank_speaks(OLD.languages, OLD.fallbacks, spoken)
        AND NOT databank_speaks(region.languages, region.fallbacks, spoken);
    RETURN NULL;
END $$;
-- A language that a region no longer speaks leads on to the first of its fallbacks that it does.
CREATE FUNCTION databank_speaks(languages text[], fallbacks jsonb, spoken text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT spoken = ANY(languages) OR coalesce(
        jsonb_typeof(fallbacks -> spoken) = 'array' AND fallbacks -> spoken ?| languages, false)
$$;
CREATE FUNCTION databank_lead_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    folder text := TG_ARGV[0];
    was jsonb := to_jsonb(OLD);
BEGIN
    IF folder = 'entries' THEN
        UPDATE databank_region r SET
            office = CASE r.office WHEN OLD.slug THEN NEW.slug ELSE r.office END,
            emergency = array_replace(r.emergency, OLD.slug, NEW.slug)
        WHERE r.id IN (SELECT id FROM databank_below(OLD.region_id))
            AND (r.office = OLD.slug OR OLD.slug = ANY(r.emergency));
    END IF;
    IF folder <> 'entries' OR ((was ->> 'live')::boolean
            AND databank_has_begun(OLD.region_id, (was ->> 'valid_from')::date)) THEN
        INSERT INTO databank_redirect (region_id, language, path, "to")
        VALUES (OLD.region_id, '', folder || '/' || OLD.slug, folder || '/' || NEW.slug)
        ON CONFLICT (region_id, path, language) DO UPDATE SET "to" = EXCLUDED."to";
    END IF;
    RETURN NULL;
END $$;
"""
# What each rule is asked about, and the columns whose change can make an address vanish.
CHECKED = {
    "entry": ("databank_address_stays('entries')", ["slug", "region_id", "live", "valid_from"]),
    "topic": ("databank_address_stays('topics')", ["slug", "region_id"]),
    "organisation": ("databank_address_stays('organisations')", ["slug", "region_id"]),
    "text": ("databank_text_stays()", ["entry_id", "language"]),
    "redirect": ("databank_redirect_leads()", ["region_id", "path", "language", '"to"']),
    "region": ("databank_region_stays()", ["slug", "languages", "fallbacks"]),
}
PAGES = {"entry": "entries", "topic": "topics", "organisation": "organisations"}
# What Wagtail notes of drafts, locks and plans on an entry, no reader sees: it changes nothing.
UNSEEN = """{latest_revision_id,live_revision_id,has_unpublished_changes,first_published_at,
last_published_at,go_live_at,expire_at,expired,locked,locked_at,locked_by_id}"""
ENTRY_UPDATED = f"""
CREATE FUNCTION databank_log_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO databank_change (kind, "row") VALUES (TG_ARGV[0], NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER changed_update AFTER UPDATE ON databank_entry FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{UNSEEN}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{UNSEEN}'::text[])
    EXECUTE FUNCTION databank_changed();
CREATE TRIGGER logged_update AFTER UPDATE ON databank_entry FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{UNSEEN}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{UNSEEN}'::text[])
    EXECUTE FUNCTION databank_log_row('entry');
"""  # noqa: S608  constants
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
    *("redirect", "closure"),
]


def triggers() -> str:
    once = (
        f"CREATE TRIGGER slug_once BEFORE INSERT OR UPDATE OF {field}, region_id ON databank_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION databank_slug_once('{field}');"
        for table, field in SLUG_TABLES.items()
    )
    changed = (
        f"CREATE TRIGGER changed AFTER INSERT {'' if table == 'entry' else 'OR UPDATE '}"
        f"OR DELETE OR TRUNCATE ON databank_{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION databank_changed();"
        for table in TABLES
    )
    return "\n".join([*once, *changed, ENTRY_UPDATED, *logged(), *kept()])


def kept() -> Iterator[str]:
    """Checked at the end of the transaction: a redirect may be given after the act."""
    for table, folder in PAGES.items():
        yield (
            f"CREATE TRIGGER lead_on AFTER UPDATE ON databank_{table} FOR EACH ROW "
            f"WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION databank_lead_on('{folder}');"
        )
    for table, (function, columns) in CHECKED.items():
        old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
        events = {"UPDATE": f"WHEN (({old}) IS DISTINCT FROM ({new}))", "DELETE": ""}
        if table == "redirect":
            events["INSERT"] = ""
        for event, when in events.items():
            yield (
                f"CREATE CONSTRAINT TRIGGER address_stays_{event.lower()} AFTER {event} "
                f"ON databank_{table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {when} "
                f"EXECUTE FUNCTION {function};"
            )


def logged() -> Iterator[str]:
    rows = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
    for table, (kind, column) in LOGGED.items():
        log = f"FOR EACH STATEMENT EXECUTE FUNCTION databank_log('{kind}', '{column}');"
        for event, which in rows.items():
            if (table, event) == ("entry", "UPDATE"):
                continue  # ENTRY_UPDATED
            yield (
                f"CREATE TRIGGER logged_{event.lower()} AFTER {event} ON databank_{table} "
                f"REFERENCING {which} TABLE AS changed_rows {log}"
            )
        yield f"CREATE TRIGGER logged_truncate AFTER TRUNCATE ON databank_{table} {log}"


UNDO = """
DROP FUNCTION databank_lead_on() CASCADE;
DROP FUNCTION databank_region_stays() CASCADE;
DROP FUNCTION databank_redirect_leads() CASCADE;
DROP FUNCTION databank_text_stays() CASCADE;
DROP FUNCTION databank_address_stays() CASCADE;
DROP FUNCTION databank_speaks(text[], jsonb, text);
DROP FUNCTION databank_lost(text[]);
DROP FUNCTION databank_answers(bigint, text, text);
DROP FUNCTION databank_shows(bigint, text, text);
DROP FUNCTION databank_way_on(bigint, text, text);
DROP FUNCTION databank_has_begun(bigint, date);
DROP FUNCTION databank_below(bigint);
DROP FUNCTION databank_lineage(bigint);
DROP FUNCTION databank_log_row() CASCADE;
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
            (
                SLUG_ONCE_IN_THE_TREE + PARENT_IS_FIXED + CONTENT_VERSION + CHANGES + ADDRESSES
            ).replace("%%", "%")
            + triggers(),
            UNDO,
        )
    ]
