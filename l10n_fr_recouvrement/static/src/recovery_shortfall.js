import {AccountPaymentField} from "@account/components/account_payment_field/account_payment_field";
import {patch} from "@web/core/utils/patch";

/** A receipt that does not pay the whole invoice: why less was paid is asked at once. */
patch(AccountPaymentField.prototype, {
  async assignOutstandingCredit(moveId) {
    await super.assignOutstandingCredit(...arguments);
    const question = await this.orm.call("account.move", "recovery_ask_shortfall", [
      moveId,
    ]);
    if (question) {
      const {root} = this.props.record.model;
      await this.action.doAction(question, {onClose: () => root.load()});
    }
  },
});
