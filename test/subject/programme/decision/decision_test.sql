-- What nobody can do through the program.

--: test_raise_stars() -> nothing
UPDATE decision_entry SET stars = stars + 1;
