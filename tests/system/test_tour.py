"""The morning of a collector, from the day's page to a printed plan.

It comes after the other screens, whose served firm it shares.
"""

import re
from datetime import date, timedelta

import pytest
from browser import watched
from playwright.sync_api import expect

DAY = ".o_recovery_day [name='calls']"
PAGE = ".o_form_view .o_field_widget[name='item_ids'] .o_data_row"
ROW = re.compile(r"/(\d+)(?:\?|$)")
DIALOG = ".modal:not(.o_inactive_modal)"


@pytest.fixture
def collector(log_in):
    yield from watched(log_in("collecteur"))


def debtor(session):
    """The customer whose page is shown, by its address: id of a row of the worklist."""
    session.seen(PAGE)
    expect(session.page).to_have_url(ROW)
    return int(ROW.search(session.page.url)[1]) % 2**29


def next_debtor(session):
    """The next page, without going back to the list."""
    name = session.find("h1 .o_field_widget[name='partner_id']")
    before, address = name.inner_text(), session.page.url
    session.click(".o_pager_next")
    expect(name).not_to_have_text(before)
    expect(session.page).not_to_have_url(address)
    return debtor(session)


def only(session, query, *values):
    [[value]] = session.site.sql(query, *values)
    return value


def call(session, partner):
    """A promise by phone, in two clicks and a date; the page tells it at once."""
    session.clicks = 0
    session.button("action_answer")
    day = date.today() + timedelta(days=6)
    session.fill("date", day.strftime("%d/%m/%Y"))
    session.button("action_record")
    session.absent(".modal")
    assert session.clicks == 2
    session.seen("[name='promise_ids'] .o_data_row")
    session.seen("[name='answer_ids'] .o_data_row")
    query = "SELECT state FROM recovery_promise WHERE partner_id = %s AND date = %s"
    assert only(session, query, partner, day) == "open"


def dispute(session, partner):
    number = session.texts(f"{PAGE} td[name='number']")[0]
    session.action_button("recovery_dispute_new_action")
    session.fill("move_id", number)
    session.find(".o-autocomplete--dropdown-item", has_text=number).first.click()
    session.seen("[name='line_ids'] .o_data_row")
    session.find(".o_field_widget[name='reason_id'] input").click()
    session.find(".o-autocomplete--dropdown-item").first.click()
    session.fill("description", "Vantail rayé à la livraison")
    session.click(f"{DIALOG} .o_form_button_save")
    session.absent(".modal")
    session.seen("[name='dispute_ids'] .o_data_row")
    query = "SELECT count(*) FROM recovery_dispute WHERE partner_id = %s"
    assert only(session, query, partner) == 1


def plan(session, partner):
    """A plan of what is overdue, offered and printed."""
    session.button("action_payment_plan")
    session.seen(f"{DIALOG} [name='line_ids'] .o_data_row")
    session.button("action_create")
    session.absent(".modal")
    session.button("action_offer")
    with session.context.expect_event(
        "response", lambda response: "pdf" in response.headers.get("content-type", "")
    ) as printed:
        session.button("action_print_offer")
    assert printed.value.status == 200
    query = "SELECT state FROM recovery_plan WHERE partner_id = %s"
    assert only(session, query, partner) == "offered"


def test_morning_of_a_collector(collector):
    collector.reload()
    collector.click(".o_navbar_apps_menu button")
    collector.menu("recovery_app_menu")
    collector.seen(f"{DAY} .list-group-item")
    collector.absent(".o_recovery_day [aria-busy]")
    collector.shoot("day")
    collector.click(f"{DAY} .card-header")
    collector.click(".o_list_view .o_data_row td[name='reason']")
    partner = debtor(collector)
    call(collector, partner)
    collector.shoot("debtor")
    second = next_debtor(collector)
    assert second != partner
    dispute(collector, second)
    third = next_debtor(collector)
    assert third not in (partner, second)
    plan(collector, third)
    collector.shoot("morning_plan")
