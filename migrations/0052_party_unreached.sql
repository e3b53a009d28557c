-- Letters of a matter to members of the vendor, and that the coordinator was told that a member's address fails.
CREATE TABLE party_unreached (
  id         {id},
  party_id   {ref party} NOT NULL,
  person_id  {ref person} NOT NULL,
  message_id {int},
  failing_at {time}
) {strict};
CREATE INDEX party_unreached_party ON party_unreached (party_id, person_id);
CREATE INDEX party_unreached_person ON party_unreached (person_id);
