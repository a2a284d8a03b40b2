-- +goose Up
-- What units said of some items is found without what all of them said.
DROP INDEX report_by_state;
DROP INDEX report_by_standing;
CREATE INDEX report_by_state ON report (city_id, state, item_id, unit_id);
CREATE INDEX report_by_standing ON report (city_id, standing, item_id, unit_id);
CREATE INDEX report_last_by_unit ON report_last (city_id, unit_id);
-- What changed since an edition was issued.
CREATE INDEX report_by_day ON report (city_id, reported_day, item_id, period);
CREATE INDEX report_by_decision ON report (city_id, decided_day, item_id, period);
