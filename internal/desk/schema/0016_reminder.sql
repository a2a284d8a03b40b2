-- +goose Up
-- Attempts to reach units about what they owe, one for each unit and way; what each was
-- about, in the words of that day; and the messages that carry some of them.
CREATE TABLE reminder (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  number       BIGINT NOT NULL,
  chase_id     BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  post_id      BIGINT NOT NULL,
  channel      TEXT   NOT NULL,
  occasion     TEXT   NOT NULL,
  day          TEXT   NOT NULL,
  by_day       TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  failure      TEXT   NOT NULL,
  settled_day  TEXT   NOT NULL,
  message_id   BIGINT NOT NULL,
  year         BIGINT NOT NULL,
  serial       BIGINT NOT NULL,
  made_by      BIGINT NOT NULL,
  opened_day   TEXT   NOT NULL,
  opened_post  BIGINT NOT NULL,
  reply        TEXT   NOT NULL,
  replied_day  TEXT   NOT NULL,
  replied_post BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE UNIQUE INDEX reminder_by_number ON reminder (city_id, number);
CREATE INDEX reminder_by_unit ON reminder (city_id, unit_id, id);
CREATE INDEX reminder_by_chase ON reminder (city_id, chase_id);
CREATE INDEX reminder_by_message ON reminder (city_id, message_id);
CREATE INDEX reminder_by_serial ON reminder (city_id, channel, year, serial);

CREATE TABLE reminder_thing (
  city_id     BIGINT NOT NULL,
  reminder_id BIGINT NOT NULL,
  ordinal     BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  record_id   BIGINT NOT NULL,
  unit_id     BIGINT NOT NULL,
  period      TEXT   NOT NULL,
  item_id     BIGINT NOT NULL,
  title       TEXT   NOT NULL,
  due         TEXT   NOT NULL,
  PRIMARY KEY (city_id, reminder_id, ordinal),
  FOREIGN KEY (city_id, reminder_id) REFERENCES reminder (city_id, id)
);
CREATE INDEX reminder_thing_by_record ON reminder_thing (city_id, record_id, unit_id);

-- A message to one person, or to a group (account_id 0). handing_over is committed before
-- the gateway is asked: after a crash it is known that it may have left.
CREATE TABLE reminder_message (
  city_id    BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  channel    TEXT   NOT NULL,
  account_id BIGINT NOT NULL,
  post_id    BIGINT NOT NULL,
  day        TEXT   NOT NULL,
  state      TEXT   NOT NULL,
  trial      BIGINT NOT NULL,
  tries      BIGINT NOT NULL,
  failure    TEXT   NOT NULL,
  subject    TEXT   NOT NULL,
  words      TEXT   NOT NULL,
  link       TEXT   NOT NULL,
  things     BIGINT NOT NULL,
  made_by    BIGINT NOT NULL,
  PRIMARY KEY (city_id, id)
);
CREATE INDEX reminder_message_by_account ON reminder_message (city_id, account_id, day);

CREATE TABLE reminder_rule (
  city_id        BIGINT NOT NULL,
  active         BIGINT NOT NULL,
  channel        TEXT   NOT NULL,
  before_days    TEXT   NOT NULL,
  on_day         BIGINT NOT NULL,
  after_days     TEXT   NOT NULL,
  escalate_after BIGINT NOT NULL,
  escalate_post  BIGINT NOT NULL,
  quiet_from     BIGINT NOT NULL,
  quiet_to       BIGINT NOT NULL,
  most           BIGINT NOT NULL,
  address        TEXT   NOT NULL,
  set_by         BIGINT NOT NULL,
  PRIMARY KEY (city_id)
);

CREATE TABLE reminder_gateway (
  city_id       BIGINT NOT NULL,
  channel       TEXT   NOT NULL,
  form          TEXT   NOT NULL,
  address       TEXT   NOT NULL,
  sender        TEXT   NOT NULL,
  template      TEXT   NOT NULL,
  sealed_secret BYTEA,
  PRIMARY KEY (city_id, channel)
);

CREATE TABLE reminder_address (
  city_id     BIGINT NOT NULL,
  account_id  BIGINT NOT NULL,
  sealed_mail BYTEA,
  PRIMARY KEY (city_id, account_id),
  FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
);
