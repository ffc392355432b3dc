"""Which roles may use which route.

The letters: Visitor, Applicant, employer's Member, employer's Owner, Coach,
Team member, team Lead, aDministrator. Written out on purpose: a change of a permission must be meant.
"""

EVERYBODY = "VAMOCTLD"

ROUTES: dict[str, dict[str, str]] = {
    "accounts": {
        "AMOCTLD": (
            "account change_password change_profile end_all_sessions password renew_recovery_codes "
            "second_factor set_up_second_factor sign_out turn_off_second_factor"
        ),
        EVERYBODY: (
            "accept_invitation ask_link ask_reset confirm confirmation forgot_password invitation link_sent "
            "renew reset second_step sign_in sign_in_link sign_in_with_password take_second_step use_reset "
            "use_sign_in_link"
        ),
    },
    "accounts_team": {
        "LD": (
            "ask_remove_second_factor ask_stop change_user invite invite_again remove_second_factor "
            "restart_user send_invitation stop_user user_list user_page"
        ),
    },
    "assets": {
        EVERYBODY: "styles",
    },
    "employers": {
        EVERYBODY: "call_me call_me_form call_summary confirm_summary send_sign_up sign_up signed_up",
    },
    "employers_employer": {
        "AMO": "home people_list",
        "MO": "location new_location own_data save_location save_new_location save_own_data",
        "O": "accept invite invite_form make_contact make_owner person refuse refuse_form remove save_person",
    },
    "employers_team": {
        "LD": "new_sector save_sector sector sector_list switch_off switch_on",
        "TLD": (
            "accept_person add add_person approve begin_call call callback_list called employer employer_data "
            "employers finish_call location make_contact make_owner new_employer new_location new_person note "
            "numbers_are_right person refuse refuse_form refuse_person refuse_person_form remove_person "
            "save_employer_data save_location save_new_location save_note save_person send_link"
        ),
    },
    "events": {
        EVERYBODY: (
            "accept decline leave leave_form lost_link lost_link_asked lost_link_form my_calendar my_place "
            "notice register register_form tour tour_calendar tours"
        ),
    },
    "events_calls_team": {
        "CTLD": "drop told",
        "TLD": "calls",
    },
    "events_coach": {
        "C": "answers cancel cancel_form cards choose_cards people person register_form say_no say_yes",
        "CTLD": "register",
    },
    "events_employer": {
        "MO": "edit edit_form propose propose_form tour tour_list withdraw withdraw_form",
    },
    "events_people_team": {
        "TLD": "change_coach coach_form log person remove remove_form",
    },
    "events_registrations_team": {
        "CTLD": "cancel cancel_form find new_form register register_new say_no say_yes",
        "TLD": "door_list people tour_cards waiting",
    },
    "events_team": {
        "TLD": (
            "cancel cancel_form decline decline_form edit edit_form log places plan plan_form publish resize "
            "take_over tour tour_list"
        ),
    },
    "fairs": {
        EVERYBODY: "fair fair_calendar_file",
    },
    "fairs_employer": {
        "MO": "ask_release book choose fair fair_list own_calendar release",
    },
    "fairs_team": {
        "TLD": "cancel cancel_form close_fair edit edit_form fair fair_list open_fair plan plan_form",
    },
    "imports_team": {
        "TLD": "choose preview read take_over",
    },
    "participants_coach": {
        "C": "add edit edit_form new_person",
    },
    "participants_team": {
        "TLD": "add edit edit_form new_person people",
    },
    "placements_employer": {
        "MO": "issue new_issue placement placement_list reopen reply report",
    },
    "placements_team": {
        "TLD": (
            "add_placement answer edit_placement end ending issue issue_list new_placement placement "
            "placement_list reopen resolve save_placement take_up"
        ),
    },
    "site": {
        EVERYBODY: "accessibility health home notice privacy readiness robots security",
    },
    "site_development": {
        EVERYBODY: "gallery mail_list mail_page try_form",
    },
    "stands_team": {
        "TLD": "add add_form book book_form cards edit edit_form release release_form remove",
    },
    "stories": {
        "MO": "ask",
        "MOTLD": "story",
        EVERYBODY: "story_list",
    },
    "stories_team": {
        "TLD": (
            "add_story change_story consent decline end_consent give_back introduction introduction_list "
            "new_story plan release restore save_consent save_story story story_list submit withdraw"
        ),
    },
    "subsidies": {
        EVERYBODY: "schemes",
    },
    "team_team": {
        "TLD": "messages retry set_aside work_list",
    },
    "vacancies": {
        EVERYBODY: "vacancy vacancy_list",
    },
    "vacancies_employer": {
        "AMO": "add_vacancy ask_close change_vacancy close new_vacancy save_vacancy submit vacancy vacancy_list",
    },
    "vacancies_team": {
        "TLD": "approve_and_publish_both ask_give_back close give_back publish vacancy vacancy_list",
    },
}
MATRIX = {
    f"{blueprint}.{name}": letters
    for blueprint, lines in ROUTES.items()
    for letters, names in lines.items()
    for name in names.split()
}
