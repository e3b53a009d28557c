-- Figures of the front page, which the reply cache keeps until something is published.

--: row SiteLevel = level text, records int

--: site_levels(no bool) -> many SiteLevel
--: scans because it is asked once a publication, for the front page
SELECT level, count(*) AS records FROM advisory WHERE withdrawn = :no GROUP BY level;
