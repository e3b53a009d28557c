-- Settings that differ from their defaults, and their history.

--: row SettingRow = id int, name text, version int, value text

--: setting_list() -> many SettingRow
--: scans because there are as many rows as settings.def has at most
SELECT {SettingRow} FROM setting ORDER BY name;

--: setting_find(name text) -> maybe SettingRow
SELECT {SettingRow} FROM setting WHERE name = :name {for update};

--: setting_add(name text, value text) -> one (id int)
INSERT INTO setting (name, version, value) VALUES (:name, 1, :value) RETURNING id;

--: setting_move(id int, from_version int, value text) -> changed
UPDATE setting SET version = :from_version + 1, value = :value WHERE id = :id AND version = :from_version;

--: setting_version_add(setting_id int, version int, value text, reason text, person_id int?, set_at time) -> nothing
INSERT INTO setting_version (setting_id, version, value, reason, person_id, set_at)
VALUES (:setting_id, :version, :value, :reason, :person_id, :set_at);

--: row SettingVersionRow = version int, value text, reason text, person_id int?, set_at time

--: setting_version_page(name text, before int, count int) -> many SettingVersionRow
SELECT {v.SettingVersionRow} FROM setting_version v JOIN setting s ON s.id = v.setting_id
WHERE s.name = :name AND v.version < :before ORDER BY v.version DESC LIMIT :count;

--: setting_version_last() -> one (last int)
SELECT coalesce(max(id), 0) FROM setting_version;

--: setting_version_find(name text, version int) -> maybe (value text)
SELECT v.value FROM setting_version v JOIN setting s ON s.id = v.setting_id WHERE s.name = :name AND v.version = :version;
