import {Component, toRaw, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {formatFloat, formatMonetary} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

// Widgets of one form share a call: each load or save brings a new data object.
const calls = new WeakMap();

/**
 * Recovery of the invoice of a form. It is read once the form is shown, and again each
 * time the record is loaded or saved: opening an invoice never waits for it.
 */
class RecoveryWidget extends Component {
  static props = {...standardWidgetProps};

  setup() {
    // Not `useService`: a call that another widget shares outlives this component.
    this.orm = this.env.services.orm;
    this.keepLast = new KeepLast();
    this.state = useState({resId: false, summary: null, problem: null});
    useRecordObserver((record) => {
      // A load or a save replaces the data; typing in the form does not.
      this.load(record.resId, record.data);
    });
  }

  call(resId, details) {
    const {context} = this.props.record;
    return this.orm.silent.call("account.move", "recovery_summary", [resId], {
      details,
      context,
    });
  }

  read(resId, data) {
    const key = toRaw(data);
    if (!calls.has(key)) {
      calls.set(key, this.call(resId, false));
    }
    return calls.get(key);
  }

  /** As a button of the form: the record is saved before, loaded again after. */
  run({name, type, context}) {
    const {record} = this.props;
    return this.env.onClickViewButton({
      clickParams: {name, type, context},
      getResParams: () => ({
        context: record.context,
        evalContext: record.evalContext,
        resModel: record.resModel,
        resId: record.resId,
        resIds: record.resIds,
      }),
    });
  }

  /** Nobody waits for this promise: it keeps its own errors. */
  async load(resId, data) {
    if (resId !== this.state.resId) {
      Object.assign(this.state, {resId, summary: null});
    }
    this.state.problem = null;
    if (!resId) {
      return;
    }
    try {
      this.state.summary = await this.keepLast.add(this.read(resId, data));
    } catch (error) {
      this.state.problem = error.data?.message || error.message;
    }
  }
}

/** Above the invoice, where a collector has something to do. */
export class RecoveryAlert extends RecoveryWidget {
  static template = "l10n_fr_recouvrement.RecoveryAlert";
}

/** Smart buttons to the notices, penalties and payment plans, where there are some. */
export class RecoveryNotices extends RecoveryWidget {
  static template = "l10n_fr_recouvrement.RecoveryNotices";

  get buttons() {
    const {notice_count, charge_count, plan_count} = this.state.summary || {};
    return [
      {
        name: "action_recovery_notices",
        icon: "fa-envelope-o",
        label: _t("Notices"),
        count: notice_count,
      },
      {
        name: "action_recovery_charges",
        icon: "fa-gavel",
        label: _t("Penalties"),
        count: charge_count,
      },
      {
        name: "action_recovery_plans",
        icon: "fa-calendar-check-o",
        label: _t("Payment plans"),
        count: plan_count,
      },
    ].filter(({count}) => count);
  }

  open(name) {
    return this.run({name, type: "object"});
  }
}

/** Page of the invoice: situation, statement of interest, history and actions. */
export class RecoverySummary extends RecoveryWidget {
  static template = "l10n_fr_recouvrement.RecoverySummary";

  setup() {
    super.setup();
    this.action = useService("action");
  }

  read(resId) {
    return this.call(resId, true);
  }

  get statement() {
    return this.state.summary.statement;
  }

  money(amount, currencyId = this.state.summary.currency_id) {
    return formatMonetary(amount, {currencyId});
  }

  percent(value) {
    return `${formatFloat(value, {digits: [16, 2]})} %`;
  }

  open(resModel, resId) {
    return this.action.doAction({
      type: "ir.actions.act_window",
      res_model: resModel,
      res_id: resId,
      views: [[false, "form"]],
    });
  }
}

const widgets = registry.category("view_widgets");
widgets.add("recovery_alert", {component: RecoveryAlert});
widgets.add("recovery_notices", {component: RecoveryNotices});
widgets.add("recovery_summary", {component: RecoverySummary});
