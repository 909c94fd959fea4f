import {Component, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

const MANAGER = "l10n_fr_recouvrement.group_recovery_manager";

/**
 * The day of a collector: each block is read on its own, the page never waits.
 * A manager starts with the customers of everybody.
 */
export class RecoveryDay extends Component {
  static template = "l10n_fr_recouvrement.RecoveryDay";
  static components = {Layout};
  static props = {...standardActionServiceProps};

  setup() {
    this.action = useService("action");
    this.orm = useService("orm");
    this.display = {controlPanel: {}};
    const {mine} = this.props.state || {};
    this.state = useState({blocks: [], mine});
    onWillStart(async () => {
      this.state.mine = mine ?? !(await user.hasGroup(MANAGER));
      this.props.updateActionState?.({mine: this.state.mine});
      const blocks = await this.orm.call("recovery.day", "blocks", []);
      this.state.blocks = blocks.map((block) => ({...block, content: null}));
      this.load();
    });
  }

  show(mine) {
    this.state.mine = mine;
    this.props.updateActionState?.({mine});
    this.load();
  }

  load() {
    this.state.blocks.forEach((block) => this.read(block));
  }

  async read(block) {
    const {mine} = this.state;
    const args = [block.name, mine];
    block.problem = null;
    block.content = null;
    try {
      const content = await this.orm.silent.call("recovery.day", "block", args);
      if (mine === this.state.mine) {
        block.content = content;
      }
    } catch (error) {
      block.problem = error.data?.message || _t("This block could not be read.");
    }
  }

  open(block) {
    return this.action.doAction(block.content.action);
  }

  /** A record, with the pager over the others of its block. */
  openLine(block, line) {
    const others = block.content.lines.filter(({model}) => model === line.model);
    const action = {
      type: "ir.actions.act_window",
      res_model: line.model,
      res_id: line.id,
      views: [[false, "form"]],
    };
    return this.action.doAction(action, {
      props: {resIds: others.map(({id}) => id)},
    });
  }

  async run(block, line) {
    const {model, id, button} = line;
    const action = await this.orm.call(model, button.name, [[id]]);
    return this.action.doAction(action, {onClose: () => this.load()});
  }
}

registry.category("actions").add("recovery_day", RecoveryDay);
