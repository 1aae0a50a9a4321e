"""Golden numbers of growth, margins, losses, users and currency; see ``test_golden_numbers``."""

from tests.analysis.figures import MILLION
from tests.analysis.golden_lookup import ART, DOC, FIX, Golden

MM, ZP = "minimax", "zhipu"

GROWTH = (
    # 30.52 ÷ 3.46 − 1
    Golden("G01", "growth FY2024", ART.value(MM, "revenue_growth", "FY2024"), "782.08", ".05"),
    Golden("G01", "… lower end", ART.low(MM, "revenue_growth", "FY2024"), "780.7", ".05"),
    Golden("G01", "… upper end", ART.high(MM, "revenue_growth", "FY2024"), "783.5", ".05"),
    # 53.437 ÷ 30.52
    Golden("G02", "nine months ÷ the year before", ART.row("against_prior_year", MM), "1.7509", "1e-4"),
    # 53.437 ÷ (1 + 174.7 %)
    Golden("G03", "9M2024", ART.millions(MM, "revenue_implied_prior", "9M2024"), "19.4529", "1e-3"),
    Golden("G03", "… lower end", ART.low(MM, "revenue_implied_prior", "9M2024", per=MILLION), "19.449", "1e-3"),
    Golden("G03", "… upper end", ART.high(MM, "revenue_implied_prior", "9M2024", per=MILLION), "19.457", "1e-3"),
    # 30.52 − 19.4529
    Golden("G04", "Q4 2024", ART.millions(MM, "revenue_rest_of_year"), "11.0671", "1e-3"),
    # 30.52 + 53.437 − 19.4529
    Golden("G05", "twelve months", ART.millions(MM, "revenue_ltm", "LTM-2025-09"), "64.5041", "1e-3"),
    # 53.437 × 12 ÷ 9
    Golden("G06", "annualised", ART.millions(MM, "revenue_annualised"), "71.2493", "1e-4"),
    # 19.4529 × 12 ÷ 9 ÷ 30.52 − 1
    Golden("G07", "annualising missed 2024", ART.value(MM, "backtest_annualised"), "-15.02", ".02"),
    # 71.1 % and 28.9 % of 53.437
    Golden("G08", "C-end", ART.millions(MM, "revenue", "9M2025", segment="c_end"), "37.9937", "1e-3"),
    Golden("G08", "B-end", ART.millions(MM, "revenue", "9M2025", segment="b_end"), "15.4433", "1e-3"),
    # 37.9937 ÷ 2.81 + 15.4433 ÷ 2.60, and 53.437 over it − 1
    Golden("G09", "9M2024 from the segments", ART.millions(MM, "revenue_implied_prior_by_segments"), "19.4606", "1e-3"),
    Golden(
        "G09",
        "growth from the segments",
        ART.row("growth_from_segments", "minimax.revenue_growth.9M2025@acn"),
        "174.59",
        ".05",
    ),
    # (181 − 174.7) ÷ (181 − 160)
    Golden("G10", "weight of the B-end", ART.value(MM, "prior_weight_implied", segment="b_end"), "30.0", ".1"),
    # 124.5 ÷ 57.4 − 1 and 312.4 ÷ 124.5 − 1
    Golden("G34", "growth FY2023", ART.value(ZP, "revenue_growth", "FY2023"), "116.9", ".05"),
    Golden("G34", "growth FY2024", ART.value(ZP, "revenue_growth", "FY2024"), "150.9", ".05"),
    # √(312.4 ÷ 57.4) − 1
    Golden("G35", "CAGR", ART.row("revenue_cagr", ZP), "133.29", ".02"),
    Golden("G35", "… lower end", ART.row_ends("revenue_cagr", ZP, "low"), "133.17", ".02"),
    Golden("G35", "… upper end", ART.row_ends("revenue_cagr", ZP, "high"), "133.41", ".02"),
    # 191 ÷ (1 + 325 %); 312.4 − 44.941; ÷ 312.4
    Golden("G36", "H1 2024", ART.millions(ZP, "revenue_implied_prior", "H1-2024"), "44.941", ".05"),
    Golden("G36", "H2 2024", ART.millions(ZP, "revenue_rest_of_year"), "267.459", ".05"),
    Golden("G36", "its share of the year", ART.value(ZP, "rest_of_year_share"), "85.61", ".05"),
    # 312.4 + 191 − 44.941; 191 × 12 ÷ 6
    Golden("G37", "twelve months", ART.millions(ZP, "revenue_ltm", "LTM-2025-06"), "458.459", ".05"),
    Golden("G37", "annualised", ART.millions(ZP, "revenue_annualised"), "382", ".05"),
    # 44.941 × 12 ÷ 6 ÷ 312.4 − 1
    Golden("G38", "annualising missed 2024", ART.value(ZP, "backtest_annualised"), "-71.23", ".05"),
    # 53.437 × 12 ÷ 9, 30.523 × 53.437 ÷ 19.454 and the root of their product, each ÷ 79.038 − 1
    Golden("G83", "annualised", DOC.value(MM, "backtest_annualised", "9M2025"), "-9.9", ".1"),
    Golden("G83", "growth persists", DOC.value(MM, "backtest_persisting", "9M2025"), "6.1", ".1"),
    Golden("G83", "geometric mean", DOC.value(MM, "backtest_geometric", "9M2025"), "-2.2", ".1"),
    # 190.877 × 12 ÷ 6, 312.414 × 190.877 ÷ 44.909 and the root of their product, each ÷ 724.3 − 1
    Golden("G83", "Zhipu, annualised", DOC.value(ZP, "backtest_annualised", "H1-2025"), "-47.3", ".1"),
    Golden("G83", "Zhipu, growth persists", DOC.value(ZP, "backtest_persisting", "H1-2025"), "83.3", ".1"),
    Golden("G83", "Zhipu, geometric mean", DOC.value(ZP, "backtest_geometric", "H1-2025"), "-1.7", ".1"),
)

MARGINS_AND_LOSSES = (
    # 23.3 % × 53.437
    Golden("G11", "gross profit", ART.millions(MM, "gross_profit_implied", "9M2025"), "12.4508", "1e-3"),
    # 69.4 % × 28.9 % × 53.437; ÷ 12.4508
    Golden(
        "G12",
        "B-end gross profit",
        ART.millions(MM, "gross_profit_implied", "9M2025", segment="b_end"),
        "10.7176",
        "1e-3",
    ),
    Golden("G12", "its share", ART.value(MM, "gross_profit_share", "9M2025", segment="b_end"), "86.1", ".1"),
    # (12.4508 − 10.7176) ÷ 37.9937
    Golden("G13", "C-end margin", ART.value(MM, "gross_margin", "9M2025", segment="c_end"), "4.56", ".02"),
    Golden("G13", "… lower end", ART.low(MM, "gross_margin", "9M2025", segment="c_end"), "4.43", ".02"),
    Golden("G13", "… upper end", ART.high(MM, "gross_margin", "9M2025", segment="c_end"), "4.70", ".02"),
    # 12.2 − (−24.7); 23.3 − 12.2
    Golden("G14", "FY2024", ART.value(MM, "gross_margin_change", "FY2024"), "36.9", ".05"),
    Golden("G14", "9M2025", ART.value(MM, "gross_margin_change", "9M2025"), "11.1", ".05"),
    # 3.37 × 53.437; ÷ 9
    Golden("G15", "research", ART.millions(MM, "research_implied"), "180.083", ".01"),
    Golden("G15", "per month", ART.millions(MM, "research_implied_per_month"), "20.009", ".01"),
    # 186 ÷ 53.437
    Golden("G16", "loss to revenue", ART.value(MM, "adjusted_loss_to_revenue"), "3.4807", "1e-3"),
    Golden("G16", "… lower end", ART.low(MM, "adjusted_loss_to_revenue"), "3.471", "1e-3"),
    Golden("G16", "… upper end", ART.high(MM, "adjusted_loss_to_revenue"), "3.490", "1e-3"),
    # 186 ÷ 1.086; ÷ 19.4529
    Golden("G17", "9M2024 loss", ART.millions(MM, "adjusted_net_loss_implied_prior"), "171.271", ".01"),
    Golden("G17", "to revenue", ART.value(MM, "adjusted_loss_to_revenue_prior"), "8.8044", ".01"),
    # 1.086 ÷ 2.747 − 1
    Golden("G18", "change of the ratio", ART.row("loss_ratio_change", MM), "-60.47", ".01"),
    Golden("G18", "… derived", ART.value(MM, "adjusted_loss_to_revenue_change"), "-60.47", ".01"),
    # (186 − 171.271) ÷ (53.437 − 19.4529)
    Golden("G19", "extra loss per dollar", ART.value(MM, "incremental_loss"), "0.4334", "1e-3"),
    # 186 ÷ 33.9841; 27.9 × 9 ÷ 33.9841
    Golden("G20", "loss ÷ new revenue", ART.value(MM, "burn_multiple"), "5.473", "2e-3"),
    Golden("G20", "burn ÷ new revenue", ART.value(MM, "burn_multiple_assumed"), "7.389", "2e-3"),
    # 144 ÷ 57.4; 788 ÷ 124.5; 2958 ÷ 312.4; 2358 ÷ 191
    Golden("G39", "FY2022", ART.value(ZP, "net_loss_to_revenue", "FY2022"), "2.51", ".01"),
    Golden("G39", "FY2023", ART.value(ZP, "net_loss_to_revenue", "FY2023"), "6.33", ".01"),
    Golden("G39", "FY2024", ART.value(ZP, "net_loss_to_revenue", "FY2024"), "9.47", ".01"),
    Golden("G39", "H1 2025", ART.value(ZP, "net_loss_to_revenue", "H1-2025"), "12.35", ".01"),
    # 2358 ÷ 1.91; 1.91 ÷ 4.25 − 1
    Golden("G40", "H1 2024 loss", ART.millions(ZP, "net_loss_implied_prior"), "1234.55", ".5"),
    Golden("G40", "change of the ratio", ART.value(ZP, "net_loss_to_revenue_change"), "-55.06", ".5"),
    # 144 + 788 + 2958 + 2358
    Golden("G41", "losses added up", ART.millions(ZP, "net_loss_cumulated"), "6248", "0"),
)

USERS_AND_MIX = (
    # 27.6 ÷ 3.1, worded as growth of nearly 9 times
    Golden("G21", "users 2023 to 9M2025", ART.row("mau_times", MM), "8.903", ".1"),
    # 27.6 ÷ 3.1 − 1
    Golden("G21", "the same as growth", ART.value(MM, "mau_growth"), "790.3", ".1"),
    # 1.7716 ÷ 27.6; 0.31 ÷ 5.65
    Golden("G22", "paying ratio", ART.value(MM, "payer_ratio", "9M2025"), "6.419", "1e-3"),
    Golden("G22", "Hailuo", ART.value(MM, "payer_ratio", "9M2025", product="hailuo"), "5.487", "1e-3"),
    # 37.9937 ÷ 1.7716; ÷ 9
    Golden("G23", "per payer", ART.value(MM, "revenue_per_payer"), "21.446", "2e-3"),
    Golden("G23", "per payer and month", ART.value(MM, "revenue_per_payer_month"), "2.383", "2e-3"),
    # 37.9937 ÷ 27.6 ÷ 9
    Golden("G24", "per user and month", ART.value(MM, "revenue_per_user_month"), "0.1530", "1e-4"),
    # 2.6 % and 32.6 % of 53.437; ÷ 0.31 ÷ 9
    Golden("G25", "Hailuo as printed", ART.millions(MM, "revenue", "9M2025", product="hailuo"), "1.389", "1e-3"),
    Golden("G25", "Hailuo as corrected", FIX.millions(MM, "revenue", "9M2025", product="hailuo"), "17.420", "1e-3"),
    Golden(
        "G25",
        "per payer and month as printed",
        ART.value(MM, "revenue_per_payer_month", product="hailuo"),
        "0.498",
        "1e-3",
    ),
    Golden(
        "G25",
        "per payer and month as corrected",
        FIX.value(MM, "revenue_per_payer_month", product="hailuo"),
        "6.244",
        "1e-3",
    ),
    # 71.1 − 35.1 − 2.6 and − 32.6
    Golden(
        "G26",
        "without a product as printed",
        ART.value(MM, "unaccounted_share", "9M2025", product="unaccounted"),
        "33.4",
        "1e-9",
    ),
    Golden("G26", "… as corrected", FIX.value(MM, "unaccounted_share", "9M2025", product="unaccounted"), "3.4", "1e-9"),
    # 63.7 % × 30.52; 35.1 % × 53.437; the second × 12 ÷ 9 ÷ the first − 1
    Golden("G27", "Talkie FY2024", ART.millions(MM, "revenue", "FY2024", product="talkie"), "19.441", "1e-2"),
    Golden("G27", "Talkie 9M2025", ART.millions(MM, "revenue", "9M2025", product="talkie"), "18.756", "1e-2"),
    Golden("G27", "pace", ART.value(MM, "pace_change", product="talkie"), "28.6", ".05"),
    # 1,771,600 ÷ 15; ÷ 16
    Golden("G28", "15 times", ART.value(MM, "paying_users_base_if_times"), "118107", "1"),
    Golden("G28", "15 times more", ART.value(MM, "paying_users_base_if_times_more"), "110725", "1"),
    # 53.437 ÷ 385; × 12 ÷ 9
    Golden("G29", "per employee", ART.thousands(MM, "revenue_per_employee"), "138.8", ".1"),
    Golden("G29", "… annualised", ART.thousands(MM, "revenue_per_employee_annualised"), "185.1", ".1"),
    # 73.8 % × 385
    Golden("G30", "in research", ART.value(MM, "research_headcount"), "284.13", ".5"),
    # 38 ÷ 270 × 53.437; 38 ÷ 273 × 53.437
    Golden("G31", "receivables", ART.millions(MM, "average_receivables"), "7.521", "1e-3"),
    Golden("G31", "by the calendar", ART.millions(MM, "average_receivables_calendar"), "7.438", "1e-3"),
    # 26.95 % and 73.05 % of 53.437
    Golden("G32", "mainland", ART.millions(MM, "revenue", "9M2025", region="mainland_china"), "14.401", "1e-3"),
    Golden(
        "G32", "elsewhere", ART.millions(MM, "revenue_elsewhere", "9M2025", region="mainland_china"), "39.036", "1e-3"
    ),
    # s² and s² + (1 − s)² for 26.95 % and for 88.39 % (of on-premise revenue)
    Golden("G33", "MiniMax, lower", ART.value(MM, "region_concentration", region="mainland_china"), ".0726", "1e-4"),
    Golden("G33", "MiniMax, upper", ART.high(MM, "region_concentration", region="mainland_china"), ".6063", "1e-4"),
    Golden("G33", "Zhipu, lower", ART.value(ZP, "region_concentration", region="mainland_china"), ".7813", "1e-4"),
    Golden("G33", "Zhipu, upper", ART.high(ZP, "region_concentration", region="mainland_china"), ".7948", "1e-4"),
    # (38.02 − 11.188) ÷ 1.7716
    Golden(
        "G80", "per payer without advertising", DOC.value(MM, "revenue_per_payer_without_ads", "9M2025"), "15.14", ".01"
    ),
)

CURRENCY = (
    # 29,848m yuan ÷ 4,240.2m dollars
    Golden(
        "G42", "yuan per dollar", ART.value(MM, "rate_implied", "2025-08-19", pair="CNY-per-USD"), "7.03929", "1e-5"
    ),
    # 53.437 × 7.03929
    Golden("G43", "revenue in yuan", ART.stated_in("CNY", "articles", MM, "revenue", "9M2025"), "376.16", ".01"),
    # 27.9 × 7.03929
    Golden("G44", "burn in yuan", ART.row("other_currency", "minimax.monthly_burn", per=MILLION), "196.40", ".01"),
    # 9,300 and 3,270 ÷ 7.03929
    Golden(
        "G45",
        "losses added up, in dollars",
        ART.stated_in("USD", "articles", MM, "cumulative_net_loss", "FY2022..H1-2025", unit="CNY"),
        "1321.2",
        ".5",
    ),
    Golden(
        "G45",
        "loss of 2024 in dollars",
        ART.stated_in("USD", "articles", MM, "net_loss", "FY2024", unit="CNY"),
        "464.5",
        ".5",
    ),
    # 64.5041 × 7.03929
    Golden("G46", "twelve months in yuan", ART.derived_in("CNY", "articles", MM, "revenue_ltm"), "454.06", ".05"),
    Golden("G46", "Zhipu", ART.millions(ZP, "revenue_ltm"), "458.46", ".05"),
    # 53.437 ÷ 9; 191 ÷ 6 ÷ 7.03929
    Golden("G47", "per month", ART.millions(MM, "revenue_per_month"), "5.937", "2e-3"),
    Golden("G47", "Zhipu in dollars", ART.derived_in("USD", "articles", ZP, "revenue_per_month"), "4.522", "2e-3"),
)
