"""Golden numbers of runway, market and offer; see ``test_golden_numbers``."""

from tests.analysis.figures import MILLION
from tests.analysis.golden_lookup import ART, DOC, ONE, Golden

MM, ZP = "minimax", "zhipu"
OWN_BALANCE = {"liquidity": "company_definition", "burn": "assumed"}
FOUNDER = {"holder": "yan_junjie", "stage": "before_offering"}

RUNWAY = (
    # 1,046.2 − 644.2 − 39.4
    Golden("G48", "implied cash", ONE.millions(MM, "cash_implied"), "362.6", ".05"),
    # 1,046.2, 1,006.8 and 362.6 ÷ 27.9
    Golden(
        "G49", "company's balance", ONE.cell(MM, "company_definition", "assumed", balance="1046.2"), "37.4982", "1e-3"
    ),
    Golden(
        "G49",
        "without bank lines",
        ONE.cell(MM, "cash_and_investments", "assumed", balance="1046.2"),
        "36.0860",
        "1e-3",
    ),
    Golden(
        "G49",
        "cash alone",
        ONE.value(MM, "runway_cash_implied", liquidity="cash_only", burn="assumed"),
        "12.996",
        "1e-3",
    ),
    # 1,100 ÷ 54; ÷ 53
    Golden(
        "G50",
        "burn for less than 54 months",
        ART.written("1100 ÷ 54", MM, "burn_needed_at_least", per=MILLION),
        "20.370",
        "1e-3",
    ),
    Golden(
        "G50", "burn for 53 months", ART.written("1100 ÷ 53", MM, "burn_needed_at_most", per=MILLION), "20.755", "1e-3"
    ),
    # 1,100 ÷ (186 ÷ 9)
    Golden(
        "G51",
        "wider balance ÷ adjusted loss",
        ART.cell(MM, "company_definition", "adjusted_loss", balance="1100"),
        "53.2258",
        "1e-3",
    ),
    # 27.9 ÷ (186 ÷ 9)
    Golden("G52", "burn ÷ loss", ART.value(MM, "burn_to_adjusted_loss", burn="assumed"), "1.3500", "1e-3"),
    # 5,540 ÷ 7.8; (1,046.2 + 710.256) ÷ 27.9
    Golden(
        "G53",
        "gross proceeds in dollars",
        ART.stated_in("USD", "articles", MM, "gross_proceeds", unit="HKD", options="with_over_allotment"),
        "710.26",
        ".01",
    ),
    Golden(
        "G53",
        "runway with them",
        ART.written("(1046.2 ", MM, "runway_with_proceeds", **OWN_BALANCE, proceeds="gross"),
        "62.955",
        ".01",
    ),
    # 1,046.2 ÷ 28.1; (1,046.2 + 468.7) ÷ 28.1
    Golden(
        "G76",
        "MiniMax without proceeds",
        DOC.row("runway", "minimax.runway.2025-09-30.proceeds=without_proceeds@hkex-minimax-prospectus"),
        "37.231",
        "1e-3",
    ),
    Golden(
        "G76", "with proceeds", DOC.row("runway", "minimax.runway.2025-09-30.proceeds=with_proceeds"), "53.911", "1e-3"
    ),
    # 8,943.1; 8,943.1 − 6,130.5; 8,943.1 + 378.53; 8,943.1 + 3,785.3; each ÷ 327.3
    Golden(
        "G77", "Zhipu, all", DOC.row("runway", "zhipu.runway.2025-10-31.proceeds=without_proceeds"), "27.324", "1e-3"
    ),
    Golden("G77", "without lines", DOC.cell(ZP, "cash_and_investments", "realised", balance="8943.1"), "8.593", "1e-3"),
    Golden("G77", "with a tenth", DOC.row("runway", "zhipu.runway.2025-10-31.proceeds=tenth"), "28.480", "1e-3"),
    Golden("G77", "with all proceeds", DOC.row("runway", "zhipu.runway.2025-10-31.proceeds=with_"), "38.889", "1e-3"),
    # (327.3 × 6 − 500) ÷ 6; (8,943.1 − 6,130.5) ÷ 243.97
    Golden(
        "G78",
        "burn without wealth products",
        DOC.millions(ZP, "burn_without_wealth_products", "H1-2025"),
        "243.97",
        ".01",
    ),
    Golden(
        "G78",
        "runway at it, without lines",
        DOC.value(
            ZP, "runway_without_wealth_products", "2025-10-31", liquidity="cash_and_investments", burn="realised"
        ),
        "11.529",
        ".01",
    ),
    # 211.3 ÷ 9; 362.647 + 644.154 + 25.097 + 70.228
    Golden("G79", "realised burn", DOC.burn(MM, "2025-09-30", "realised"), "23.478", "1e-3"),
    Golden("G79", "wider balance", DOC.row("broad_liquidity", MM, per=MILLION), "1102.1", ".05"),
)

MARKET = (
    # 123,100 ÷ 7.8
    Golden(
        "G54",
        "MiniMax in dollars",
        ART.stated_in("USD", "articles", MM, "market_cap", "2026-01-12", unit="HKD", moment="close"),
        "15782.1",
        ".5",
    ),
    # 15,782.1 ÷ 30.52, ÷ 64.5041, ÷ 71.2493
    Golden("G55", "full year", ART.value(MM, "price_to_sales_full_year"), "517.1", ".2"),
    Golden("G55", "twelve months", ART.value(MM, "price_to_sales_ltm"), "244.7", ".2"),
    Golden("G55", "annualised", ART.value(MM, "price_to_sales_annualised"), "221.5", ".2"),
    # 91,700 × 7.03929 ÷ 7.8; ÷ 312.4, ÷ 458.459, ÷ 382
    Golden(
        "G56",
        "Zhipu in yuan",
        ART.stated_in("CNY", "articles", ZP, "market_cap", "2026-01-12", unit="HKD", moment="close"),
        "82756.8",
        "5",
    ),
    Golden("G56", "full year", ART.value(ZP, "price_to_sales_full_year"), "264.9", ".2"),
    Golden("G56", "twelve months", ART.value(ZP, "price_to_sales_ltm"), "180.5", ".2"),
    Golden("G56", "annualised", ART.value(ZP, "price_to_sales_annualised"), "216.6", ".2"),
    # 15,782.1 − 1,006.8 − 710.3; the articles print cash as 363, hence 1,007.2; ÷ 64.5041
    Golden("G57", "enterprise value", ART.millions(MM, "enterprise_value"), "14065.0", "1"),
    Golden("G57", "to revenue", ART.value(MM, "enterprise_value_to_sales_ltm"), "218.0", ".2"),
    # 15,782.1 ÷ 4,240.2; 82,756.8 ÷ 24,377
    Golden("G58", "MiniMax", ART.value(MM, "step_up_to_market"), "3.722", "3e-3"),
    Golden("G58", "Zhipu", ART.value(ZP, "step_up_to_market"), "3.395", "3e-3"),
    # 4,240.2 ÷ 64.5041; 24,377 ÷ 458.459
    Golden("G59", "MiniMax", ART.value(MM, "last_round_to_sales"), "65.74", ".02"),
    Golden("G59", "Zhipu", ART.value(ZP, "last_round_to_sales"), "53.17", ".02"),
    # 53,900 ÷ 30; × 0.90247; ÷ 312.4; its root − 1
    Golden(
        "G60",
        "revenue a target implies",
        ART.millions(ZP, "implied_revenue", broker="citic_securities"),
        "1796.67",
        ".1",
    ),
    Golden(
        "G60",
        "in yuan",
        ART.derived_in("CNY", "articles", ZP, "implied_revenue", broker="citic_securities"),
        "1621.4",
        "1",
    ),
    Golden("G60", "over 2024", ART.value(ZP, "implied_revenue_multiple", broker="citic_securities"), "5.190", "1e-3"),
    Golden("G60", "a year", ART.value(ZP, "implied_revenue_cagr", broker="citic_securities"), "127.8", ".05"),
    # 917 ÷ 539; 91,700 ÷ 1,796.67
    Golden(
        "G61", "market ÷ target", ART.value(ZP, "market_value_to_target", broker="citic_securities"), "1.7013", "1e-3"
    ),
    Golden(
        "G61",
        "market ÷ implied revenue",
        ART.value(ZP, "price_to_implied_revenue", broker="citic_securities"),
        "51.04",
        "1e-2",
    ),
    # 2.3²
    Golden(
        "G62",
        "three years at 130 %",
        ART.value(MM, "forecast_revenue_multiple", broker="soochow_securities"),
        "5.29",
        "0",
    ),
    # 100,000 ÷ 2.09
    Golden("G63", "value before the first day", ART.billions(MM, "market_value_before_change"), "47.85", ".01"),
    # 345 × 305.447288, × 309.255668, × 313.635308
    Golden(
        "G71", "before options", DOC.billions(MM, "market_value_first_close", options="before_options"), "105.38", ".01"
    ),
    Golden(
        "G71",
        "at listing",
        DOC.billions(MM, "market_value_first_close", options="with_size_adjustment"),
        "106.69",
        ".01",
    ),
    Golden(
        "G71",
        "with over-allotment",
        DOC.billions(MM, "market_value_first_close", options="with_over_allotment"),
        "108.20",
        ".01",
    ),
    # 123,100 ÷ 309.255668
    Golden(
        "G72", "price behind a value", DOC.value(MM, "price_implied", "2026-01-12", moment="close"), "398.05", ".05"
    ),
    # 123,100 ÷ 7.7805 ÷ 64.506; 91,700 × 0.9070 ÷ 458.382
    Golden("G81", "MiniMax", DOC.value(MM, "price_to_sales_ltm", "2026-01-12"), "245.3", ".1"),
    Golden("G81", "Zhipu", DOC.value(ZP, "price_to_sales_ltm", "2026-01-12"), "181.4", ".1"),
    # 1,796.67 × 0.9070
    Golden(
        "G82",
        "implied revenue in yuan",
        DOC.derived_in("CNY", "prospectus", ZP, "implied_revenue", broker="citic_securities"),
        "1629.6",
        ".1",
    ),
)

OFFER_AND_SHARES = (
    # 0.5921 × 0.7765 ÷ (0.2235 × 0.4079)
    Golden("G64", "votes per share", ART.value(MM, "vote_multiple", **FOUNDER), "5.0432", "1e-3"),
    # (10 × 0.2235 ÷ 0.5921 − 1) ÷ 9 − 0.2235
    Golden("G65", "ten-vote shares of others", ART.value(MM, "other_ten_vote_interest", **FOUNDER), "8.480", ".01"),
    # 100 − (22.35 + 15.04 + 7.05 + 3.08 + 2.84); Σ share²
    Golden(
        "G66",
        "not held by the five (100 − 50.36)",
        ART.value(MM, "economic_interest", holder="undisclosed_rest", stage="before_offering"),
        "49.64",
        ".01",
    ),
    Golden("G66", "index", ART.value(MM, "holder_concentration", stage="before_offering"), "793.0", ".1"),
    # (29,197,600 + 4,379,640) × 165
    Golden(
        "G67",
        "gross proceeds",
        DOC.row("gross_proceeds", "minimax.gross_proceeds.options=with_over_allotment.HKD@wscn", per=MILLION),
        "5540.24",
        ".01",
    ),
    # 1,837.17 × 1,269,480 × 165; 2,332,255,220 ÷ 1,269,480
    Golden("G68", "public demand", DOC.billions(MM, "money_chased", tranche="public"), "384.82", ".01"),
    Golden(
        "G68",
        "in times of the first public part",
        DOC.row("subscription", "minimax.subscription_multiple.tranche=public@hkex"),
        "1837.17",
        ".01",
    ),
    # 36.76 × 24,119,740 × 165
    Golden("G69", "international demand", DOC.billions(MM, "money_chased", tranche="international"), "146.30", ".01"),
    # 5,077,860 ÷ 25,389,220; ÷ 29,197,600
    Golden("G70", "of the first offer", DOC.value(MM, "clawback_share"), "20.000", "1e-3"),
    Golden(
        "G70",
        "of the final offer",
        DOC.row("share_of_offering", "minimax.offer_share_of_offering.tranche=public"),
        "17.391",
        "1e-3",
    ),
    # Alpha EXP before listing: (62,249,985 × 10 + 343,195) ÷ (280,058,068 + 9 × 85,759,339)
    #                         = 622,843,045 ÷ 1,051,892,119
    Golden(
        "G74",
        "votes of the founder's vehicle",
        DOC.row("voting_rights", "minimax.voting_rights.2025-12-31.holder=alpha_exp"),
        "59.2117",
        "1e-4",
    ),
    # at listing: 62,593,180 × 10 ÷ (309,255,668 + 9 × 81,102,534) = 625,931,800 ÷ 1,039,178,474;
    # without the 3,808,380 shares of the size adjustment ÷ 1,035,370,094
    Golden(
        "G75",
        "votes at listing",
        DOC.value(MM, "voting_rights", "2026-01-09", holder="alpha_exp", stage="at_listing"),
        "60.233",
        "1e-3",
    ),
    Golden(
        "G75",
        "votes after the first offer",
        DOC.row("voting_rights", "minimax.voting_rights.2026-01-31.holder=alpha_exp"),
        "60.455",
        "1e-3",
    ),
    # 345 ÷ 165 − 1
    Golden("G73", "first day", DOC.row("first_day_return", "minimax.price_change.2026-01-09@netease"), "109.09", ".01"),
)
