-- Figures of how vendors respond were added: every day is computed anew, so that past months have them too.
DELETE FROM figure_value;
UPDATE figure_progress SET next_day = -1;
