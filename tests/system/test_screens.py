"""The screens as people use them: each role, in a browser, against a real server.

Names, classes and data are looked for, never translated words. SCREENSHOTS=folder keeps
pictures for the README.
"""

import re
from datetime import date, timedelta

import pytest
from browser import watched
from playwright.sync_api import expect

COLLECTOR, MANAGER, ACCOUNTANT = "collecteur", "responsable", "comptable"
DAY = ".o_recovery_day [name='calls']"
ROW = ".o_list_view .o_data_row"
STATE = "[name='state'] .o_arrow_button_current"
OPEN = "amount > 0 AND state = 'open'"
DIALOG = ".modal:not(.o_inactive_modal)"


@pytest.fixture(params=[COLLECTOR, MANAGER, ACCOUNTANT])
def user(request, log_in):
    yield from watched(log_in(request.param))


@pytest.fixture
def admin(log_in):
    yield from watched(log_in("admin"))


def own(session, task):
    """The customer and the invoice on which this person does this task."""
    return session.site.data["roles"][session.login][task]


def count(session, table, partner, condition="TRUE"):
    query = f"SELECT count(*) FROM {table} WHERE partner_id = %s AND {condition}"
    [[found]] = session.site.sql(query, partner)
    return found


def enter(session):
    """From the page that follows the login to the day of the collector."""
    session.reload()
    session.click(".o_navbar_apps_menu button")
    session.menu("recovery_app_menu")
    session.seen(DAY)


def open_debtor(session, task):
    """The page of the customer, with its recovery shown."""
    partner = own(session, task)["partner"]
    session.open_record("res.partner", partner)
    session.tab("recovery")
    session.seen(".o_field_widget[name='recovery_residual']")
    session.clicks = 0
    return partner


def save_dialog(session):
    session.click(f"{DIALOG} .o_form_button_save")
    session.absent(".modal")


# Before anything was sent


def test_settings_say_that_nothing_leaves_yet(admin):
    admin.open("account.action_account_config")
    admin.seen("#recovery_live").scroll_into_view_if_needed()
    admin.seen("button[name='action_recovery_preview']")
    admin.absent("button[name='action_recovery_switch_off']:visible")
    admin.shoot("settings")


@pytest.mark.parametrize("user", [MANAGER], indirect=True)
def test_manager_switches_the_night_job_on_after_a_preview(user):
    enter(user)
    user.menu("recovery_configuration_app_menu")
    user.menu("recovery_go_live_app_menu")
    user.seen(f"{DIALOG} .o_field_widget[name='line_ids'] .o_data_row")
    items = user.texts(f"{DIALOG} .o_data_row td[name='item_count']")
    assert sum(map(int, items)) == user.site.data["due_tonight"]
    user.shoot("go_live")
    user.button("action_approve")
    user.click(f"{DIALOG} .modal-footer .btn-primary:not([name])")
    user.absent(".modal")
    assert user.site.sql("SELECT recovery_live FROM res_company") == [(True,)]


def test_who_to_call_is_two_clicks_from_login(user):
    enter(user)
    user.click("button[name='all']")
    user.seen(f"{DAY} .list-group-item")
    assert user.clicks <= 3  # with that of the colleagues
    user.menu("recovery_debtor_app_menu")
    user.seen(f"{ROW} td[name='partner_id']")
    names = user.texts(f"{ROW} td[name='partner_id']")
    assert sorted(names) == user.site.data["due_debtors"]
    if user.login == COLLECTOR:
        user.shoot("worklist")


def test_customer_opens_on_its_recovery_from_the_worklist(user):
    user.open("recovery_debtor_action")
    user.click(f"{ROW} button[name='action_partner']")
    user.seen(".o_form_view .o_field_widget[name='recovery_residual']")


@pytest.mark.parametrize("user", [COLLECTOR], indirect=True)
def test_worklist_as_cards(user):
    user.open("recovery_debtor_action")
    user.seen(ROW)
    user.click(".o_switch_view.o_kanban")
    user.seen(".o_kanban_group .o_kanban_record:not(.o_kanban_ghost)")
    user.shoot("worklist_cards")


def test_preview_shows_what_tonight_would_remind(user):
    user.open("recovery_situation_preview_action")
    user.seen(".o_group_header")
    groups = user.find(".o_group_header")
    for number in range(groups.count()):
        groups.nth(number).click()
    expect(user.find(ROW)).to_have_count(user.site.data["due_tonight"])
    if user.login == MANAGER:
        user.shoot("preview")


@pytest.mark.parametrize("user", [ACCOUNTANT], indirect=True)
def test_aged_balance(user):
    user.open("recovery_situation_aged_action")
    user.seen(".o_pivot table .o_pivot_cell_value")
    user.shoot("aged_balance")
    user.click(".o_switch_view.o_graph")
    user.seen(".o_graph_renderer canvas")


def test_invoice_says_why(user):
    invoice = own(user, "notice")["invoice"]
    user.open_record("account.move", invoice)
    user.tab("recovery")
    user.seen("[name='recovery_segments'] tbody tr")
    reason = user.seen("[name='recovery_reason']").inner_text().strip()
    assert user.texts("[name='recovery_alert']") in ([], [reason])
    user.open("recovery_situation_action")
    user.seen(ROW)
    assert reason in user.texts(f"{ROW} td[name='reason']")


def test_what_is_set_for_one_invoice_alone(user):
    user.open_record("account.move", own(user, "dispute")["invoice"])
    user.tab("recovery")
    limitation = user.seen("dd[name='limitation']")
    before = limitation.inner_text()
    user.button("action_recovery_treatment")
    user.seen(f"{DIALOG} .o_field_widget[name='recovery_policy_id']")
    user.fill("recovery_limitation_restart", date.today().strftime("%d/%m/%Y"))
    save_dialog(user)
    expect(limitation).not_to_have_text(before)


def test_legal_due_date_of_a_public_buyer(user):
    user.open_record("account.move", own(user, "public")["invoice"])
    user.tab("recovery")
    user.absent("dd[name='legal_due']")
    user.button("action_recovery_treatment")
    user.seen(f"{DIALOG} .o_field_widget[name='recovery_received_on']")
    received = date.today() - timedelta(days=3)
    user.fill("recovery_received_on", received.strftime("%d/%m/%Y"))
    save_dialog(user)
    user.seen("dd[name='legal_due']")


# Answers, and a reminder by hand


def test_reminder_now_in_one_click(user):
    partner = open_debtor(user, "remind")
    user.button("action_recovery_remind")
    user.seen(".o_notification")
    assert user.clicks == 1
    assert count(user, "recovery_notice", partner, "state IN ('sending', 'sent')") == 1


def test_promise_in_two_clicks_and_its_form(user):
    partner = open_debtor(user, "promise")
    user.action_button("recovery_promise_new_action")
    user.seen(f"{DIALOG} .o_field_widget[name='date']")
    user.fill("date", (date.today() + timedelta(days=6)).strftime("%d/%m/%Y"))
    save_dialog(user)
    assert user.clicks <= 2
    assert (
        count(user, "recovery_promise", partner, "amount > 0 AND state = 'open'") == 1
    )


def test_dispute_in_two_clicks_and_its_form(user):
    invoice = own(user, "dispute")["invoice"]
    partner = open_debtor(user, "dispute")
    user.action_button("recovery_dispute_new_action")
    choose(user, "move_id", invoice)
    user.seen("[name='line_ids'] .o_data_row")  # a late answer would close the choice
    user.find(".o_field_widget[name='reason_id'] input").click()
    user.find(".o-autocomplete--dropdown-item").first.click()
    user.fill("description", "Deux vantaux livrés rayés")
    save_dialog(user)
    assert user.clicks <= 2
    assert (
        count(user, "recovery_dispute", partner, "amount > 0 AND state = 'open'") == 1
    )


def choose(session, field, invoice):
    [[number]] = session.site.sql(
        "SELECT name FROM account_move WHERE id = %s", invoice
    )
    session.fill(field, number)
    session.find(".o-autocomplete--dropdown-item", has_text=number).first.click()


# The run


@pytest.mark.parametrize("user", [COLLECTOR], indirect=True)
def test_collector_cannot_launch_a_run(user):
    user.open("recovery_run_action")
    user.seen(".o_list_view")
    user.absent("button[name='action_launch']")


@pytest.mark.parametrize("user", [MANAGER, ACCOUNTANT], indirect=True)
def test_run_shows_its_progress_to_the_end(user):
    user.open("recovery_run_action")
    with user.site.night_job_waits():
        user.button("action_launch")
        user.click(f"{DIALOG} .modal-footer .btn-primary")
        progress = user.seen(".o_form_view .o_field_widget[name='progress']")
        expect(progress).to_have_text(re.compile(r"^\s*0\s*%"))
        user.seen(STATE + "[data-value='running']")
    expect(progress).to_have_text(re.compile(r"^\s*100\s*%"))
    user.seen(STATE + "[data-value='done']")
    [[read, due, notices]] = user.site.sql(
        "SELECT read_count, due_count, notice_count FROM recovery_run"
        " WHERE origin = 'manual' ORDER BY id DESC LIMIT 1"
    )
    shown = [user.value(name) for name in ("read_count", "due_count")]
    assert shown == [str(read), str(due)] and read
    if user.login == MANAGER:
        assert notices
        user.seen("[name='level_line_ids'] .o_data_row")
        user.shoot("run")


# The notices


@pytest.mark.parametrize("user", [COLLECTOR, MANAGER], indirect=True)
def test_notice_looked_at_and_approved_in_three_clicks(user):
    partner = own(user, "notice")["partner"]
    [[number]] = user.site.sql(
        "SELECT name FROM recovery_notice WHERE partner_id = %s AND state = 'draft'",
        partner,
    )
    enter(user)
    user.clicks = 0
    user.menu("recovery_notice_approve_app_menu")
    row = f"{ROW}:has(td[name='name']:text-is('{number}'))"
    user.click(f"{row} button[name='get_formview_action']")
    user.button("action_validate")
    user.absent("button[name='action_validate']")
    assert user.clicks <= 3
    assert count(user, "recovery_notice", partner, "state = 'draft'") == 0


@pytest.mark.parametrize("user", [ACCOUNTANT], indirect=True)
def test_letters_of_tonight_are_approved_in_two_clicks_from_the_worklist(user):
    partner = own(user, "notice")["partner"]
    assert count(user, "recovery_notice", partner, "state = 'draft'") == 1
    enter(user)
    user.clicks = 0
    user.menu("recovery_notice_approve_app_menu")
    user.seen(f"{ROW}.o_data_row_selected")
    user.button("action_validate")
    user.absent(ROW)
    assert user.clicks == 2
    assert count(user, "recovery_notice", partner, "state = 'draft'") == 0


def test_notice_with_its_letter(user):
    partner = own(user, "notice")["partner"]
    [[notice]] = user.site.sql(
        "SELECT id FROM recovery_notice WHERE partner_id = %s", partner
    )
    user.open_record("recovery.notice", notice)
    user.seen(".o_field_widget[name='claimed_line_ids'] .o_data_row")
    if user.login == COLLECTOR:
        user.shoot("notice")
    letter = "button:is([name='action_print'], [name='action_preview']):visible"
    with user.context.expect_event(
        "response", lambda response: response.url.endswith(f"/{notice}.pdf")
    ) as opened:
        user.click(letter)
    assert opened.value.status == 200
    assert opened.value.headers["content-type"] == "application/pdf"
    content = user.context.request.get(f"/recouvrement/notices/{notice}.pdf").body()
    assert content.startswith(b"%PDF")


@pytest.mark.parametrize("user", [ACCOUNTANT], indirect=True)
def test_invoice_after_its_notice(user):
    invoice = own(user, "notice")["invoice"]
    user.open_record("account.move", invoice)
    user.tab("recovery")
    user.seen("[name='recovery.notice'] tbody tr")
    user.shoot("invoice")


@pytest.mark.parametrize("user", [COLLECTOR], indirect=True)
def test_debtor_after_its_notice(user):
    open_debtor(user, "notice")
    user.seen("button[name='action_recovery_notices']")
    user.shoot("partner")
