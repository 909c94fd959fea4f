import {onMounted, onWillUnmount} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {
  ProgressBarField,
  progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";

/** Progress of a run that goes on in the background: moves at each chunk. */
export class RecoveryProgress extends ProgressBarField {
  setup() {
    super.setup();
    const bus = useService("bus_service");
    const onChunk = ({id}) => {
      if (id === this.props.record.resId) {
        this.props.record.load();
      }
    };
    onMounted(() => bus.subscribe("recovery_run", onChunk));
    onWillUnmount(() => bus.unsubscribe("recovery_run", onChunk));
  }
}

registry.category("fields").add("recovery_progress", {
  ...progressBarField,
  component: RecoveryProgress,
});
