/* The official years, by the notices of the General Office of the State Council (国务院办公厅关于部分节假日安排的通知). */
#include "engine/calendar/calendar.h"

#define FREE(first, last, text) \
	{ \
		(first), (last), DAY_HOLIDAY, N_(text) \
	}
#define WORK(date, text) \
	{ \
		(date), (date), DAY_MAKE_UP, N_(text) \
	}
#define YEAR(number, notice) \
	{ \
		number, notice, year_##number, COUNT(year_##number) \
	}

/* The Spring Festival was prolonged to 2 February and the make-up day of 1 February cancelled (国办发明电〔2020〕1号). */
static const CalendarSpan year_2020[] = {
	FREE(20200101, 20200101, "New Year"),
	WORK(20200119, "Spring Festival"),
	FREE(20200124, 20200202, "Spring Festival"),
	FREE(20200404, 20200406, "Tomb-Sweeping Day"),
	WORK(20200426, "Labour Day"),
	FREE(20200501, 20200505, "Labour Day"),
	WORK(20200509, "Labour Day"),
	FREE(20200625, 20200627, "Dragon Boat Festival"),
	WORK(20200628, "Dragon Boat Festival"),
	WORK(20200927, "National Day and Mid-Autumn Festival"),
	FREE(20201001, 20201008, "National Day and Mid-Autumn Festival"),
	WORK(20201010, "National Day and Mid-Autumn Festival"),
};
static const CalendarSpan year_2021[] = {
	FREE(20210101, 20210103, "New Year"),
	WORK(20210207, "Spring Festival"),
	FREE(20210211, 20210217, "Spring Festival"),
	WORK(20210220, "Spring Festival"),
	FREE(20210403, 20210405, "Tomb-Sweeping Day"),
	WORK(20210425, "Labour Day"),
	FREE(20210501, 20210505, "Labour Day"),
	WORK(20210508, "Labour Day"),
	FREE(20210612, 20210614, "Dragon Boat Festival"),
	WORK(20210918, "Mid-Autumn Festival"),
	FREE(20210919, 20210921, "Mid-Autumn Festival"),
	WORK(20210926, "National Day"),
	FREE(20211001, 20211007, "National Day"),
	WORK(20211009, "National Day"),
};
static const CalendarSpan year_2022[] = {
	FREE(20220101, 20220103, "New Year"),
	WORK(20220129, "Spring Festival"),
	WORK(20220130, "Spring Festival"),
	FREE(20220131, 20220206, "Spring Festival"),
	WORK(20220402, "Tomb-Sweeping Day"),
	FREE(20220403, 20220405, "Tomb-Sweeping Day"),
	WORK(20220424, "Labour Day"),
	FREE(20220430, 20220504, "Labour Day"),
	WORK(20220507, "Labour Day"),
	FREE(20220603, 20220605, "Dragon Boat Festival"),
	FREE(20220910, 20220912, "Mid-Autumn Festival"),
	FREE(20221001, 20221007, "National Day"),
	WORK(20221008, "National Day"),
	WORK(20221009, "National Day"),
};
static const CalendarSpan year_2023[] = {
	FREE(20221231, 20230102, "New Year"),
	FREE(20230121, 20230127, "Spring Festival"),
	WORK(20230128, "Spring Festival"),
	WORK(20230129, "Spring Festival"),
	FREE(20230405, 20230405, "Tomb-Sweeping Day"),
	WORK(20230423, "Labour Day"),
	FREE(20230429, 20230503, "Labour Day"),
	WORK(20230506, "Labour Day"),
	FREE(20230622, 20230624, "Dragon Boat Festival"),
	WORK(20230625, "Dragon Boat Festival"),
	FREE(20230929, 20231006, "National Day and Mid-Autumn Festival"),
	WORK(20231007, "National Day and Mid-Autumn Festival"),
	WORK(20231008, "National Day and Mid-Autumn Festival"),
};
static const CalendarSpan year_2024[] = {
	FREE(20240101, 20240101, "New Year"),
	WORK(20240204, "Spring Festival"),
	FREE(20240210, 20240217, "Spring Festival"),
	WORK(20240218, "Spring Festival"),
	FREE(20240404, 20240406, "Tomb-Sweeping Day"),
	WORK(20240407, "Tomb-Sweeping Day"),
	WORK(20240428, "Labour Day"),
	FREE(20240501, 20240505, "Labour Day"),
	WORK(20240511, "Labour Day"),
	FREE(20240610, 20240610, "Dragon Boat Festival"),
	WORK(20240914, "Mid-Autumn Festival"),
	FREE(20240915, 20240917, "Mid-Autumn Festival"),
	WORK(20240929, "National Day"),
	FREE(20241001, 20241007, "National Day"),
	WORK(20241012, "National Day"),
};
static const CalendarSpan year_2025[] = {
	FREE(20250101, 20250101, "New Year"),
	WORK(20250126, "Spring Festival"),
	FREE(20250128, 20250204, "Spring Festival"),
	WORK(20250208, "Spring Festival"),
	FREE(20250404, 20250406, "Tomb-Sweeping Day"),
	WORK(20250427, "Labour Day"),
	FREE(20250501, 20250505, "Labour Day"),
	FREE(20250531, 20250602, "Dragon Boat Festival"),
	WORK(20250928, "National Day and Mid-Autumn Festival"),
	FREE(20251001, 20251008, "National Day and Mid-Autumn Festival"),
	WORK(20251011, "National Day and Mid-Autumn Festival"),
};
static const CalendarSpan year_2026[] = {
	FREE(20260101, 20260103, "New Year"),
	WORK(20260104, "New Year"),
	WORK(20260214, "Spring Festival"),
	FREE(20260215, 20260223, "Spring Festival"),
	WORK(20260228, "Spring Festival"),
	FREE(20260404, 20260406, "Tomb-Sweeping Day"),
	FREE(20260501, 20260505, "Labour Day"),
	WORK(20260509, "Labour Day"),
	FREE(20260619, 20260621, "Dragon Boat Festival"),
	WORK(20260920, "National Day"),
	FREE(20260925, 20260927, "Mid-Autumn Festival"),
	FREE(20261001, 20261007, "National Day"),
	WORK(20261010, "National Day"),
};

static const CalendarYear official_years[] = {
	YEAR(2020, "国办发明电〔2019〕16号、国办发明电〔2020〕1号"),
	YEAR(2021, "国办发明电〔2020〕27号"),
	YEAR(2022, "国办发明电〔2021〕11号"),
	YEAR(2023, "国办发明电〔2022〕16号"),
	YEAR(2024, "国办发明电〔2023〕7号"),
	YEAR(2025, "国办发明电〔2024〕12号"),
	YEAR(2026, "国办发明电〔2025〕7号"),
};
static const Calendar official = { official_years, COUNT(official_years) };

const Calendar *calendar_official(void) { return &official; }
