-- What populate.py multiplies: temporary tables of debtors, entries and receivable items.
-- %(items)s: open items wanted; %(kinds)s: kinds of debtors, [{"name", "upto"}] in percent

-- Each debtor has a range of the open items: ten on average, with a long tail.
CREATE TEMP TABLE debtor ON COMMIT DROP AS
WITH draw AS (
    SELECT n, LEAST(500, 1 + floor(4.7 / sqrt(1 - mod(n * 0.6180339887, 1))))::int AS size
      FROM generate_series(1, %(items)s / 2) AS n),
ranges AS (SELECT n, size, SUM(size) OVER (ORDER BY n)::int - size AS first FROM draw)
SELECT n, first, LEAST(size, %(items)s - first) AS size,
       nextval('res_partner_id_seq')::int AS id, NULL::int AS contact_id,
       (SELECT name FROM jsonb_to_recordset(%(kinds)s) AS share(name text, upto int)
         WHERE mod(n * 37, 100) < upto ORDER BY upto LIMIT 1) AS kind
  FROM ranges
 WHERE first < %(items)s;
UPDATE debtor SET contact_id = nextval('res_partner_id_seq')
 WHERE kind = 'company' AND mod(n, 4) = 0;
ANALYZE debtor;

-- Documents in the order of their dates, as in real books: the items of one debtor lie
-- far from one another. Instalments are two items, so some other documents are left out.
CREATE TEMP TABLE document ON COMMIT DROP AS
WITH draw AS (
    SELECT id AS debtor_id, COALESCE(contact_id, id) AS partner_id, i, FALSE AS closed
      FROM debtor CROSS JOIN generate_series(first, first + size - 1) AS i
     UNION ALL
    SELECT id, COALESCE(contact_id, id), i + %(items)s, TRUE
      FROM debtor CROSS JOIN generate_series(first, first + size - 1) AS i
     WHERE mod(i, 10) < 3),
chance AS (
    SELECT *, mod(i::bigint * 7919, 100) AS class, mod(i * 0.7548776662, 1)::float AS u,
           mod(i * 0.5698402910, 1)::float AS v
      FROM draw),
kinds AS (
    SELECT *, CASE WHEN closed THEN 'paid' WHEN class < 2 THEN 'credit'
                   WHEN class < 4 THEN 'refund' WHEN class < 7 THEN 'instalments'
                   WHEN class < 15 THEN 'partly' ELSE 'open' END AS kind,
           CURRENT_DATE + 30 - floor(431 * power(u, 1.4))::int
               - CASE WHEN closed THEN 45 ELSE 0 END AS due,
           round((40 + 4000 * power(v, 3))::numeric, 2) AS amount
      FROM chance
     WHERE closed OR class < 97),
days AS (
    SELECT *, LEAST(CURRENT_DATE, due - 30 - mod(i, 3) * 15) AS date,
           CASE kind WHEN 'paid' THEN amount WHEN 'partly' THEN round(amount * 0.4, 2) END
               AS paid,
           LEAST(CURRENT_DATE, due + (40 * v)::int - 5) AS paid_on
      FROM kinds)
SELECT nextval('account_move_id_seq')::int AS id, *
  FROM (SELECT * FROM days ORDER BY date, u) AS days;
ANALYZE document;

-- Receivable items; `match` is the number of the payment's reconciliation, if any.
CREATE TEMP TABLE item ON COMMIT DROP AS
WITH payment AS (
    SELECT *, nextval('account_move_id_seq')::int AS payment_id
      FROM (SELECT * FROM document WHERE paid IS NOT NULL ORDER BY paid_on) AS document),
sides AS (
    SELECT id AS move_id, 'invoice' AS proto, debtor_id, partner_id, date, due,
           CASE kind WHEN 'instalments' THEN round(amount / 2, 2) ELSE amount END AS balance,
           COALESCE(paid, 0) AS paid, CASE WHEN paid > 0 THEN id END AS match, kind = 'paid' AS closed
      FROM document WHERE kind IN ('open', 'partly', 'paid', 'instalments')
     UNION ALL
    SELECT id, 'invoice', debtor_id, partner_id, date, due + 30,
           amount - round(amount / 2, 2), 0, NULL, FALSE
      FROM document WHERE kind = 'instalments'
     UNION ALL
    SELECT id, CASE kind WHEN 'refund' THEN 'refund' ELSE 'payment' END, debtor_id,
           partner_id, date, date, -amount, 0, NULL, FALSE
      FROM document WHERE kind IN ('refund', 'credit')
     UNION ALL
    SELECT payment_id, 'payment', debtor_id, partner_id, paid_on, paid_on, -paid, -paid,
           id, kind = 'paid'
      FROM payment)
SELECT nextval('account_move_line_id_seq')::int AS id, *, balance - paid AS residual,
       ABS(balance) AS amount,
       CASE proto WHEN 'invoice' THEN 'FAC/' WHEN 'refund' THEN 'RFAC/' ELSE 'BNK1/' END
           || to_char(date, 'YYYY') || '/' AS prefix,
       CASE WHEN closed THEN match::text WHEN match IS NOT NULL THEN 'P' || match END
           AS matching
  FROM sides;
ANALYZE item;

-- Entries: what their items add up to.
CREATE TEMP TABLE entry ON COMMIT DROP AS
SELECT move_id, proto, debtor_id, partner_id, date, MAX(due) AS due,
       SUM(balance) AS balance, ABS(SUM(balance)) AS amount, SUM(residual) AS residual, prefix,
       CASE WHEN SUM(residual) = 0 THEN 'paid' WHEN SUM(paid) > 0 THEN 'partial'
            ELSE 'not_paid' END AS payment_state
  FROM item
 GROUP BY move_id, proto, debtor_id, partner_id, date, prefix;
ANALYZE entry;
