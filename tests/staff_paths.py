"""Who may open what under /staff/. Every address has its line: one without fails a test.

A line names addresses, as `namespace:name` or by their route where they have no name; `*` stands
for any ending. Of rows, staff open those of their own region; an administrator opens all."""

VISITOR, PARTNER, STRANGER = "visitor", "partner", "partner of another organisation"
TRANSLATOR, EDITOR, COORDINATOR = "translator", "editor", "coordinator"
ADVISER = "adviser"
NATIONAL, ADMINISTRATOR = "national editor", "administrator"

ADMINISTRATORS = {ADMINISTRATOR}
COORDINATORS = {COORDINATOR, *ADMINISTRATORS}
EDITORS = {EDITOR, NATIONAL, *COORDINATORS}
TRANSLATORS = {TRANSLATOR, *EDITORS}
ADVISERS = {ADVISER, *COORDINATORS}
STAFF = {*TRANSLATORS, *ADVISERS}
EVERYBODY = {VISITOR, PARTNER, STRANGER, *STAFF}
ROLES = sorted(EVERYBODY)

OFFICE = ("outreachplace", "change")
EDITED = ("entry", "fact", "organisation", "place", "topic", "redirect")
KEPT = ("municipality", "region")  # by coordinators; only administrators add one
ROW = ("edit", "usage", "history", "history_results")
LIST = ("list", "list_results")


def noun(names: tuple[str, ...], *pages: str, room: str = "databank") -> str:
    return " ".join(f"wagtailsnippets_{room}_{name}:{page}" for name in names for page in pages)


def choosers(*names: str) -> str:
    return " ".join(f"wagtailsnippetchoosers_databank_{name}:*" for name in names)


TABLE = [
    # The doors: what they let in is tested in accounts.
    (EVERYBODY, "accounts_first accounts_link* account_* mfa_* staff/login/ staff/sign-in/*"),
    (EVERYBODY, "wagtailadmin_login wagtailadmin_password_reset*"),
    (EVERYBODY, "wagtailadmin_sprite wagtailadmin_javascript_catalog wagtailadmin_logout"),
    (EVERYBODY, "staff/test404/ staff/failwhale/ wagtailadmin_error_test"),  # closed
    (EVERYBODY, "staff/documents/* wagtaildocs:* wagtaildocs_*"),  # closed
    # Oneself.
    (STAFF, "wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles"),
    (STAFF, "wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete staff/^.*/$"),
    (STAFF, "wagtailadmin_editing_sessions:release"),
    (EDITORS, "wagtailadmin_editing_sessions:ping"),
    (STAFF, "wagtail_bulk_action"),  # which rows: a test of its own
    # Ours.
    (TRANSLATORS, "translating translating_text translating_next translating_previous"),
    (TRANSLATORS, "translating_draft translating_file translating_file_d*"),
    (EDITORS, "databank_due editing_choose editing_make editing_now"),
    (EDITORS, "board_waiting board_ending board_partners"),
    (EDITORS, "rehearsal databank_sheets databank_sheets_download databank_sheets_difference"),
    (EDITORS, "databank_links databank_links_results databank_links_replace"),
    (EDITORS, "finder_coverage finder_asked finder_asked_results finder_asked_add"),
    # The Desk.
    (ADVISERS, "desk_grow"),
    (ADVISERS, "desk_inbox desk_walk_in desk_choose desk_thread desk_state desk_hold"),
    (ADVISERS, "desk_given desk_act"),
    (COORDINATORS, "desk_wrong desk_settings"),
    (COORDINATORS, noun(("phrase",), *LIST, "add", "delete", *ROW, room="office")),
    (EDITORS | ADVISERS, "databank_closures databank_closures_open"),
    (
        (EDITORS | ADVISERS) - {NATIONAL},
        "tally tally_undo tally_token tally_worker tally_figures tally_file",
    ),
    (EDITORS, "outreach_poster"),
    (EDITORS, noun(OFFICE, *LIST, "add", *ROW, room="office")),
    (COORDINATORS, noun(OFFICE, "delete", room="office")),
    # The nouns.
    (EDITORS, noun(EDITED, *LIST, "add", *ROW)),
    (COORDINATORS, noun(EDITED, "delete")),
    (EDITORS, noun(("entry",), "preview_*", "revisions_*", "unpublish", "lock", "unlock")),
    (EDITORS, noun(("entry",), "*workflow_*")),
    (COORDINATORS, noun(KEPT, *LIST, *ROW)),
    (ADMINISTRATORS, noun(KEPT, "add", "delete")),
    (COORDINATORS, noun(("member",), *LIST, "add", "delete", *ROW)),
    (EDITORS, choosers(*EDITED[1:], "municipality", "region")),
    (TRANSLATORS, choosers("entry")),
    # Pictures.
    (EDITORS, "wagtailimages:index wagtailimages:index_results wagtailimages:add"),
    (EDITORS, "wagtailimages:add_multiple wagtailimages:edit wagtailimages:edit_multiple"),
    (set(), "wagtailimages:delete wagtailimages:delete_multiple"),  # an entry shows it
    (EDITORS, "wagtailimages:image_usage wagtailimages:url_* wagtailimages:preview"),
    (EDITORS, "wagtailimages:create_multiple_* wagtailimages:delete_upload_multiple"),
    (EDITORS, "wagtailimages_chooser:create"),
    (STAFF, "wagtailimages_chooser:choose* wagtailimages_chooser:chosen_multiple"),
    (STAFF, "wagtailimages_chooser:select_format"),  # Wagtail shows any picture, as readers see it
    (EDITORS, "wagtailimages_chooser:chosen"),
    # Addresses of persons.
    (ADMINISTRATORS, "accounts_mails accounts_mails_again accounts_mails_delete"),
    # Wagtail's, as a whole.
    (ADMINISTRATORS, "wagtailadmin_api:* wagtailadmin_pages:* wagtailadmin_explore*"),
    (ADMINISTRATORS, "wagtailadmin_choose_page* wagtailadmin_block_preview"),
    (ADMINISTRATORS, "wagtailadmin_collections:* wagtailadmin_workflows:* wagtailadmin_reports:*"),
    (ADMINISTRATORS, "wagtailsettings:* wagtailsnippets:index"),
    (ADMINISTRATORS, "wagtailusers_users:* wagtailusers_groups:*"),
]
