import {AccountPaymentField} from "@account/components/account_payment_field/account_payment_field";
import {patch} from "@web/core/utils/patch";

/** A receipt that does not pay the whole invoice: why less was paid is asked at once. */
patch(AccountPaymentField.prototype, {
  async assignOutstandingCredit(moveId) {
    // The list of receipts, and this component with it, may be gone by then.
    const {action, orm} = this.env.services;
    const {root} = this.props.record.model;
    await super.assignOutstandingCredit(...arguments);
    const question = await orm.call("account.move", "recovery_ask_shortfall", [moveId]);
    if (question) {
      await action.doAction(question, {onClose: () => root.load()});
    }
  },
});
