-- A copy for tests never writes to debtors.
UPDATE res_company SET recovery_live = false;
UPDATE recovery_notice SET state = 'cancelled' WHERE state IN ('draft', 'ready', 'sending');
UPDATE recovery_notice_line SET state = 'cancelled' WHERE state IN ('draft', 'ready', 'sending');
