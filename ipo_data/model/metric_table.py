"""The metrics as a table: one line each, grouped by topic file.

Columns: id · unit (or ``money``) · time · axes (``-`` for none, ``+`` marks axes whose members add up to the total) ·
better direction · limits of the printed value (``low..high``, either side may be empty).
"""

from typing import Final

ROWS: Final[dict[str, str]] = {
    "revenue": """
        revenue                     money   flow     segment+,deployment+,product,region+,region_group+,channel,industry,overseas up 0..
        revenue_growth              percent average  segment,deployment,product,region,overseas              up   -100..
        revenue_cagr                percent average  segment                                                 up   -100..
        revenue_to_prior_year       x       average  -                                                       up   0..
        annual_recurring_revenue    money   instant  segment                                                 up   0..
        receivable_days             days    average  -                                                       down 0..
    """,  # noqa: E501
    "mix": """
        revenue_sources             times   average  -                                                       none 1..
        revenue_share               percent average  segment+,deployment+,product,region+,region_group+,channel,industry,overseas none 0..100
        deployment_region_share     percent average  deployment,region                                       none 0..100
        largest_customer_share      percent average  -                                                       down 0..100
        top_five_customer_share     percent average  -                                                       down 0..100
    """,  # noqa: E501
    "margins": """
        gross_margin                percent average  segment,deployment,product                              up   ..100
        gross_profit                money   flow     segment+,deployment+                                    up
        cost_of_sales               money   flow     segment+,deployment+,component+                         down 0..
    """,
    "profit": """
        net_loss                    money   flow     -                                                       down
        net_loss_growth             percent average  -                                                       down -100..
        cumulative_net_loss         money   flow     -                                                       down 0..
        adjusted_net_loss           money   flow     -                                                       down
        adjusted_net_loss_growth    percent average  -                                                       down -100..
        loss_to_revenue             x       average  -                                                       down
        loss_to_revenue_growth      percent average  -                                                       down -100..
        loss_from_operations        money   flow     -                                                       down
        fair_value_loss             money   flow     -                                                       down
        fair_value_gain             money   flow     -                                                       up
        adjustment                  money   flow     component                                               none
        other_income                money   flow     component                                               up
        finance_costs               money   flow     -                                                       down
        impairment_losses           money   flow     -                                                       down
        share_of_associates         money   flow     -                                                       none
    """,
    "spending": """
        research_and_development    money   flow     component+                                              none 0..
        research_to_revenue         x       average  -                                                       down 0..
        selling_and_marketing       money   flow     component                                               down 0..
        promotion_growth            percent average  -                                                       none -100..
        administrative_expense      money   flow     -                                                       down 0..
        cash_operating_costs        money   flow     component+                                              down 0..
        cumulative_spending         money   instant  -                                                       down 0..
        spending_relative           percent instant  peer                                                    down 0..
    """,
    "cash": """
        liquidity                   money   instant  -                                                       up   0..
        broad_liquidity             money   instant  -                                                       up   0..
        cash_and_equivalents        money   instant  -                                                       up   0..
        financial_assets_fvtpl      money   instant  component                                               up   0..
        undrawn_facilities          money   instant  -                                                       up   0..
        restricted_cash             money   instant  -                                                       none 0..
        time_deposits               money   instant  -                                                       up   0..
        financial_assets_amortised  money   instant  -                                                       up   0..
        cash_and_investments        money   instant  -                                                       up   0..
        bank_borrowings             money   instant  -                                                       down 0..
        monthly_burn                money   average  burn_basis                                              down
        cash_burn                   money   flow     -                                                       down
        operating_cash_outflow      money   flow     -                                                       down
        investing_cash_flow         money   flow     -                                                       none
        financing_cash_inflow       money   flow     -                                                       none
        capital_expenditure         money   flow     -                                                       none 0..
        wealth_products_bought      money   flow     -                                                       none
        runway                      months  instant  proceeds                                                up   0..
        proceeds_in_runway          money   instant  -                                                       up   0..
        investor_instruments        money   instant  -                                                       none 0..
        net_current_liabilities     money   instant  -                                                       down
        net_liabilities             money   instant  -                                                       down
        total_equity                money   instant  -                                                       up
    """,
    "users": """
        mau                         persons average  product+                                                up   0..
        mau_multiple                x       average  -                                                       up   0..
        cumulative_users            persons instant  product                                                 up   0..
        paying_users                persons average  product                                                 up   0..
        paying_users_multiple       x       average  -                                                       up   0..
        spend_per_payer             money   average  product                                                 up   0..
        customers_and_developers    customers instant -                                                      up   0..
        paying_platform_customers   customers average -                                                      up   0..
        active_platform_customers   customers average -                                                      up   0..
        institutional_customers     customers instant -                                                      up   0..
        developers                  developers instant -                                                     up   0..
        registered_developers       developers instant -                                                     up   0..
        paying_developers           developers instant -                                                     up   0..
        devices                     devices instant  -                                                       up   0..
        downloads                   downloads instant -                                                      up   0..
        countries_served            countries instant segment                                                up   0..
        tokens_per_day              tokens  instant  platform                                                up   0..
        videos_created              videos  instant  product                                                 up   0..
        creators                    creators instant product                                                 up   0..
        characters                  characters instant product                                               up   0..
        cloud_vendors               companies instant -                                                      up   0..
        large_internet_customers    companies instant -                                                      up   0..
    """,
    "people": """
        employees                   persons instant  -                                                       none 0..
        average_age                 years   instant  -                                                       none 0..
        research_staff              persons instant  -                                                       none 0..
        research_staff_share        percent instant  -                                                       none 0..100
        machine_written_code_share  percent instant  -                                                       none 0..100
        company_age                 years   instant  -                                                       none 0..
        management_levels           levels  instant  -                                                       none 0..
    """,
    "technology": """
        rank                        rank    instant  listing                                                 down 1..
        peer_companies              companies instant group                                                  none 0..
        price_relative              percent instant  model                                                   down 0..
        speed_relative              x       instant  model                                                   up   0..
        languages                   languages instant model                                                  up   0..
        context_window              tokens  instant  model                                                   up   0..
    """,
    "shareholding": """
        economic_interest           percent instant  holder,stage                                            none 0..100
        voting_rights               percent instant  holder,stage                                            none 0..100
        shares_held                 shares  instant  holder                                                  none 0..
        shares_in_issue             shares  instant  stage                                                   none 0..
        shares_held_by_class        shares  instant  holder,share_class                                      none 0..
        shares_in_issue_by_class    shares  instant  stage,share_class                                       none 0..
        public_float                percent instant  -                                                       none 0..100
    """,
    "funding": """
        post_money_valuation        money   instant  round                                                   up   0..
        pre_money_valuation         money   instant  round                                                   up   0..
        round_amount                money   instant  round                                                   up   0..
        price_per_share             money   instant  round,payment                                           up   0..
        round_closed                date    timeless round                                                   none
        funding_rounds              rounds  instant  -                                                       none 0..
        total_raised                money   flow     -                                                       up   0..
        investor_stake_value        money   instant  holder                                                  none 0..
    """,
    "offering": """
        offer_price                 money   timeless -                                                       none 0..
        offer_price_low             money   timeless -                                                       none 0..
        offer_price_high            money   timeless -                                                       none 0..
        offer_shares                shares  timeless tranche,offer_stage                                     none 0..
        offer_share_of_offering     percent timeless tranche                                                 none 0..100
        offer_size_adjustment       shares  timeless -                                                       none 0..
        over_allotment              shares  timeless -                                                       none 0..
        reallocated_shares          shares  timeless -                                                       none 0..
        board_lot                   shares  timeless -                                                       none 0..
        gross_proceeds              money   timeless options                                                 up   0..
        net_proceeds                money   timeless options                                                 up   0..
        listing_expenses            money   timeless -                                                       down 0..
        use_of_proceeds             percent timeless use+                                                    none 0..100
        use_of_proceeds_years       years   timeless -                                                       none 0..
        cornerstone_investors       investors timeless -                                                     none 0..
        cornerstone_amount          money   timeless investor+                                               up   0..
        cornerstone_shares          shares  timeless investor+                                               none 0..
        lock_up_last_day            date    timeless holder                                                  none
    """,
    "subscription": """
        subscription_multiple       x       timeless tranche,base                                            up   0..
        subscribing_institutions    institutions timeless tranche                                            up   0..
        order_amount                money   timeless investor_kind                                           up   0..
        shares_applied_for          shares  timeless tranche                                                 up   0..
        valid_applications          applications timeless tranche                                            up   0..
        successful_applications     applications timeless tranche                                            up   0..
        placees                     placees timeless tranche                                                 none 0..
    """,
    "market": """
        market_cap                  money   instant  moment                                                  up   0..
        share_price                 money   instant  moment                                                  up   0..
        price_change                percent instant  security                                                up   -100..
        trading_days_up             days    instant  -                                                       up   0..
        turnover                    money   instant  -                                                       none 0..
        placing_shares              shares  instant  -                                                       none 0..
        placing_net_proceeds        money   instant  -                                                       up   0..
        convertible_net_proceeds    money   instant  -                                                       up   0..
    """,
    "outlook": """
        target_price_to_sales       x       average  broker                                                  up   0..
        target_market_cap           money   timeless broker                                                  up   0..
        market_size_multiple        x       average  broker                                                  up   0..
        market_size_horizon         years   timeless broker                                                  none 0..
        forecast_revenue_cagr       percent average  broker                                                  up   -100..
        forecast_gross_margin       percent timeless broker                                                  up   ..100
    """,
    "events": """
        founded                     date    timeless -                                                       none
        hearing_passed              date    timeless -                                                       none
        listed                      date    timeless -                                                       none
        launched                    date    timeless product,model                                           none
        market_entry                date    timeless region                                                  none
    """,
    "rates": """
        exchange_rate               x       instant  pair                                                    none 0..
    """,
}
"""Topic → metric lines."""
