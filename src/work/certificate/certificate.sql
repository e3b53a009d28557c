-- Certificates. Everybody reads them; numbers only grow.

--: row CertificateRow = id int, number text, kind text, state text, organisation_id int, person_id int, holder text, holder_en text, credit_code text,
--:   direction text, stars int, subject text, class text, level text, document text, replaces text, from_at time, until_at time?, issued_at time,
--:   record text, event_id int, seal_key int, file_blob int?, file_sha256 text?

--: row CertificateStepRow = action text, state text, reason text, document text, at time

--: certificate_next(kind text, year int) -> one (last int)
INSERT INTO certificate_count (kind, year, last) VALUES (:kind, :year, 1)
ON CONFLICT (kind, year) DO UPDATE SET last = certificate_count.last + 1 RETURNING last;

--: certificate_insert(number text, kind text, year int, counted int, organisation_id int, person_id int, holder text, holder_en text, credit_code text,
--:   direction text, stars int, subject text, class text, level text, document text, replaces text, from_at time, until_at time?, at time, person int,
--:   record text, event_id int, seal_key int) -> one (id int)
INSERT INTO certificate (number, kind, year, counted, state, organisation_id, person_id, holder, holder_en, credit_code, direction, stars, subject,
  class, level, document, replaces, from_at, until_at, issued_at, issued_by, record, event_id, seal_key)
VALUES (:number, :kind, :year, :counted, 'ACTIVE', :organisation_id, :person_id, :holder, :holder_en, :credit_code, :direction, :stars, :subject,
  :class, :level, :document, :replaces, :from_at, :until_at, :at, :person, :record, :event_id, :seal_key)
RETURNING id;

--: certificate_word_insert(word text, certificate_id int) -> nothing
INSERT INTO certificate_word (word, certificate_id) VALUES (:word, :certificate_id) ON CONFLICT (word, certificate_id) DO NOTHING;

--: certificate_step_insert(certificate_id int, action text, state text, reason text, document text, at time) -> nothing
INSERT INTO certificate_step (certificate_id, action, state, reason, document, at) VALUES (:certificate_id, :action, :state, :reason, :document, :at);

--: certificate_move(id int, from_state text, to_state text) -> changed
UPDATE certificate SET state = :to_state WHERE id = :id AND state = :from_state;

--: certificate_by_number(number text) -> maybe CertificateRow
SELECT {CertificateRow} FROM certificate WHERE number = :number;

--: certificate_by_file(file_sha256 text) -> maybe CertificateRow
SELECT {CertificateRow} FROM certificate WHERE file_sha256 = :file_sha256;

--: certificate_rows(before int, max int) -> many CertificateRow
SELECT {CertificateRow} FROM certificate WHERE id < :before ORDER BY id DESC LIMIT :max;

--: certificate_rows_of_kind(kind text, before int, max int) -> many CertificateRow
SELECT {CertificateRow} FROM certificate WHERE kind = :kind AND id < :before ORDER BY id DESC LIMIT :max;

--: certificate_rows_of_holder(organisation_id int, max int) -> many CertificateRow
SELECT {CertificateRow} FROM certificate WHERE organisation_id = :organisation_id ORDER BY id DESC LIMIT :max;

--: certificate_rows_of_finder(person_id int, before int, max int) -> many CertificateRow
SELECT {CertificateRow} FROM certificate WHERE person_id = :person_id AND kind = 'find' AND id < :before ORDER BY id DESC LIMIT :max;

--: certificate_rows_with_word(word text, before int, max int) -> many CertificateRow
SELECT {CertificateRow} FROM certificate WHERE id IN (SELECT certificate_id FROM certificate_word WHERE word = :word AND certificate_id < :before
  ORDER BY certificate_id DESC LIMIT :max) ORDER BY id DESC LIMIT :max;

--: certificate_rows_without_file(max int) -> many CertificateRow
SELECT {CertificateRow} FROM certificate WHERE file_sha256 IS NULL ORDER BY id LIMIT :max;

--: certificate_file_set(id int, file_blob int, file_sha256 text) -> changed
UPDATE certificate SET file_blob = :file_blob, file_sha256 = :file_sha256 WHERE id = :id AND file_sha256 IS NULL;

--: certificate_step_rows(certificate_id int, max int) -> many CertificateStepRow
SELECT {CertificateStepRow} FROM certificate_step WHERE certificate_id = :certificate_id ORDER BY id LIMIT :max;
