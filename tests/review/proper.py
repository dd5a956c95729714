"""Sentences of proper letters, in which the lint has to find nothing."""

from __future__ import annotations

SENTENCES = (
    # who says what, of whom
    "Example Models alleges that operators affiliated with Acme used commercial proxy services.",
    "Operators affiliated with Acme are alleged to have created the accounts.",
    "According to the record, operators linked to Acme reportedly obtained the output.",
    "We assess that the activity was carried out by operators affiliated with Acme.",
    "We assess with moderate confidence that the accounts were controlled by one operator.",
    "The activity is consistent with activity of Acme.",
    (
        "The attribution is to operators affiliated with Acme; it is not a statement that Acme itself "
        "carried the campaign out."
    ),
    "This letter does not allege that Acme directed the campaign.",
    "Nothing here is a finding that Acme violated any law.",
    "Acme does business in the United States, and its shares trade on the New York Stock Exchange.",
    "Acme publishes the models of its laboratory under an open license.",
    "Acme is headquartered abroad and maintains a subsidiary in Delaware.",
    "Acme made its most recent model available on its own platform.",
    "We have asked Acme for its account of these events.",
    "Borealis is alleged to have been the source of the earlier campaign.",
    "The earlier campaign was attributed to Borealis with high confidence.",
    "Example Models alleges that Borealis extracted the capabilities of its models.",
    "The operators are said to have used commercial proxy services.",
    "If the operators used further accounts, we will supplement this letter.",
    "It is likely that further accounts existed.",
    "It is very unlikely that ordinary use explains the pattern.",
    "The basis of the assessment is stated in the annex.",
    "Our confidence in the attribution of the infrastructure is high.",
    "The accounts were closed on the day on which they were found.",
    "No court or agency has decided on it.",
    # figures
    "The campaign is said to comprise {{ incident.exchanges }} exchanges.",
    "It comprised approximately {{ incident.exchanges }} exchanges.",
    "It was carried on through {{ incident.accounts }} accounts.",
    "Another campaign comprised {{ incident.floor }} exchanges.",
    "The share of these exchanges was {{ incident.share }}.",
    "Of the total, {{ incident.share }} came from one network.",
    (
        "The parts of {{ incident.part }} and {{ incident.other }} exchanges come together to "
        "{{ incident.whole }} exchanges."
    ),
    "Over the {{ stats.days(incident) }} days of the window, both ends counted, traffic was steady.",
    "In a window of {{ stats.days(incident) }} days, the first and the last day counted, we saw it.",
    "At its peak the service ran {{ incident.peak }} accounts at one time.",
    "On average there were {{ stats.per_day(incident.exchanges) }} exchanges a day.",
    "This letter is about {{ stats.count(cases) }} campaigns.",
    (
        "It is {{ stats.times(incident.exchanges, compared[0].exchanges, 'more than five times') }} the "
        "size of the earlier one."
    ),
    (
        "It is the {{ stats.largest(incident.exchanges, compared.exchanges) }} of the "
        "{{ stats.count(cases) }} by the number of exchanges."
    ),
    "Each exchange is a prompt with the answer that the model gave.",
    "Requests to the interface were limited after that day.",
    "The users of the service were not affected.",
    # superlatives and growth
    "It is the largest campaign known to us as of {{ letter.date }}.",
    "To date it is the largest such campaign that we have detected.",
    "We hold this evidence to the highest standard of care.",
    "The first and the last day are counted.",
    "At least one of the accounts is still open.",
    "Most of the traffic came through resellers.",
    "We respond to such activity at the earliest opportunity.",
    "The volume grew by {{ incident.share }} over that of the month before.",
    "Prices rose for every developer.",
    # terms and quotations
    (
        "A “reseller” means a business that sells access to a service of another. A reseller may be "
        "unaware of its customers’ purposes. Resellers are not accused."
    ),
    (
        "Example Models (the “Company”) operates the service. The Company closed the accounts. A company "
        "abroad resold access."
    ),
    "It is {{ incident.phrase }}, as the disclosure has it.",
    "On {{ incident.memorandum_date }} the Office issued “{{ incident.memorandum }}.”",
    "A figure said to be “more than” an amount is a floor.",
    "The word “distillation” is used in its technical sense.",
    "The accounts broke the terms of service, and their use was unauthorized.",
    "Such extraction is illicit under those terms.",
    "The Computer Fraud and Abuse Act is not the subject of this letter.",
    "We refer to the Economic Espionage Act only for its definitions.",
    "The statute is {{ '18 U.S.C. 1030' | law }}, and we take no position on it.",
    "We were able to improve our detection, and the improved classifiers are in use.",
    # the other side
    "As of {{ incident.responses[2].as_of }}, Acme had declined to comment.",
    "As of {{ letter.date }}, the record holds no response of Acme.",
    "Access was denied to every account of the network.",
    "Acme may answer to this letter, and we will convey its answer to the Committee.",
    # time
    "The memorandum was issued on {{ incident.memorandum_date }}.",
    "The campaign is dated {{ incident.window }}.",
    "We will inform the Committee within days of any further finding.",
    # privacy
    "The indicators are kept in a restricted annex.",
    "Our letterhead gives the telephone number at which we can be reached.",
    "Version numbers and sections of a statute are no personal data.",
    # requests and reservations
    "We respectfully ask Congress to provide for the sharing of indicators among laboratories.",
    "We ask the Committee to consider penalties for those who are responsible.",
    "The government could support such sharing by guidance.",
    "The United States government has warned of such campaigns.",
    "Nothing in this letter waives any privilege or protection.",
    "Totals of rounded figures are rounded, and may not sum exactly.",
    "This letter is based on information available as of {{ letter.date }}.",
    "We write to the Committee on Examples of the United States Senate.",
    "Our investigation is ongoing, and we will supplement this letter.",
    "Companies that are victims of such campaigns should be able to share what they know.",
    "It could set a precedent for the whole industry.",
    "We would welcome the opportunity to brief the Committee and its staff.",
    # what only looks like an objection
    "Acme, the accused party, has not been charged.",
    "In March, Acme released a model that performed well.",
    "Public reports say that Acme trained its models on synthetic data.",
    "We notified Acme, and we used the contact that it publishes.",
    "Example Models conducted the investigation itself.",
    "We extracted the indicators from our own logs.",
    "The company operated in the ordinary course.",
    "Accounts linked to Acme were closed by Example Models.",
    "The campaign, which operators affiliated with Acme are alleged to have carried out, ended.",
    "Neither Acme nor Borealis has been found to have violated any law.",
    "We do not know whether Acme directed the operators.",
    "The attribution of the earlier campaign to Borealis rests on infrastructure indicators.",
    "In all likelihood the campaign has ended.",
    "Some {{ incident.exchanges }} exchanges were logged.",
    "About {{ stats.count(cases) }} of them we know more.",
    "More than one account was used, and nearly all of them were new.",
    "Together, {{ incident.accounts }} accounts made {{ incident.exchanges }} exchanges.",
    (
        "Of {{ incident.whole }} exchanges in total, {{ incident.part }} came in April and "
        "{{ incident.other }} in May."
    ),
    "The only purpose of this letter is to inform.",
    "The highest court has not spoken.",
    "Our largest customers were not affected.",
    "Identity theft is not at issue, and our fraud team closed the accounts.",
    "This has been proved in no court, and the standard of proof is another.",
    "The Federal Bureau of Investigation’s Criminal Division was told.",
    "We denied access to accounts of Acme.",
    "Access by Acme was denied.",
    "At the agency’s request the logs were kept.",
    "On information and belief, operators affiliated with Acme used commercial proxy services.",
    "No court has found the conduct illegal, and none has held that Acme used these accounts.",
    "We ask the Committee whether such conduct violates federal law.",
    "We write to the Subcommittee on Crime and Terrorism as well.",
    "It is for others to say whether the Theft of Trade Secrets statute applies.",
    "Our terms of service prohibit any illegal use.",
    "The first of these measures is described below, and the second was the longer one.",
    "The incident report was the first document that we sent.",
    "We disclose what may be a violation of the Export Administration Regulations.",
    "It is a possible violation of a statute, and a possible breach of contract.",
    "It is said of Acme that its models are good.",
    "See AML.T0024.002 of the catalog.",
    "The Chinese government has published rules on such services.",
    "The Chinese laboratories compete with American ones.",
    "U.S. government officials were told, and the U.S. military is not involved.",
    "The “largest known” campaign is described below.",
    "Acme’s terms forbid such use, and the Acme service was unavailable.",
)
