import {registry} from "@web/core/registry";
import {listView} from "@web/views/list/list_view";
import {ListController} from "@web/views/list/list_controller";
import {onMounted} from "@odoo/owl";

/** What waits is selected when the list opens: one more click approves it. */
export class RecoverySelectedListController extends ListController {
  setup() {
    super.setup();
    onMounted(async () => {
      await this.model.whenReady;
      const {root} = this.model;
      if (!root.isGrouped && !this.model.useSampleModel) {
        root.records.forEach((record) => record.toggleSelection(true));
      }
    });
  }
}

registry.category("views").add("recovery_selected_list", {
  ...listView,
  Controller: RecoverySelectedListController,
});
