-- +goose Up
-- One database may hold several cities: a try is named by its city and its number.
CREATE TABLE sign_in_of_city (
  city_id    BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  name_key   BIGINT NOT NULL,
  network    TEXT   NOT NULL,
  at         BIGINT NOT NULL,
  outcome    TEXT   NOT NULL,
  tries      BIGINT NOT NULL,
  address    TEXT   NOT NULL,
  browser    TEXT   NOT NULL,
  PRIMARY KEY (city_id, id)
);
INSERT INTO sign_in_of_city (city_id, id, account_id, name_key, network, at, outcome, tries, address, browser)
  SELECT city_id, id, account_id, name_key, network, at, outcome, tries, address, browser FROM sign_in;
DROP TABLE sign_in;
ALTER TABLE sign_in_of_city RENAME TO sign_in;
CREATE INDEX sign_in_account ON sign_in (city_id, account_id, id);
CREATE INDEX sign_in_name ON sign_in (city_id, account_id, name_key, outcome, id);
CREATE INDEX sign_in_network ON sign_in (city_id, network, outcome, id);
