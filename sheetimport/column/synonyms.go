package column

import (
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// synonym lists the headers of one field, as people write them in English and German. The phrases are separated by
// commas and in the form of [NormalizeHeader].
type synonym struct {
	field Field
	// en and de are whole headers.
	en, de string
	// loose are whole headers that mean the field too, but give way to a column with one of those above.
	loose string
	// weak are whole headers that may mean something else, and give way to a column with one of those above.
	weak string
	// vague are whole headers that mean the field only where cells say so too.
	vague string
	// faint are like vague ones, and mean the field only where no other column does.
	faint string
	// last are whole headers that mean the field if no other column does, not even a faint one, and their cells can be read as it:
	// a day until which something is valid is that of the code beside the end of the cooperation.
	last string
	// within are phrases that settle the field when they stand among other words: "Discount code used".
	within string
}

var synonyms = []synonym{
	{field: Influencer,
		en: `influencer affiliate name, influencer, influencers, influencer name, influencers name, creator, creator name, full name,
			influencer full name, creator full name, name of influencer, name of the influencer, name of creator`,
		de: `künstlername, kooperationspartner, vor und nachname, vollständiger name, name des influencers, influencerin, influencer in,
			creatorin, creator in, kooperationspartnerin, kooperationspartner in, name influencer, name creator, vorname nachname,
			vorname und nachname, vorname & nachname`,
		loose: `affiliate, affiliate name, partner, partner name, talent, talent name, ambassador, ambassador name`,
		weak:  `name`,
		faint: `card name, card title, task name, kartenname, kartentitel, aufgabenname, name der karte, name der aufgabe,
			associated contact, associated contacts, contact name, kol, kols, kol name, content creator, content creators, influencer creator,
			creator influencer, ugc creator, blogger, blogger name, brand ambassador, name blogger, youtuber, celebrity, person, collab with,
			collab partner, kooperation mit, real name, klarname, publisher, publisher name, artist, athlete, streamer, testimonial,
			markenbotschafter, markenbotschafterin, markenbotschafter in, botschafter, botschafterin`,
		within: `influencer name, influencers name, creator name, affiliate name`},
	{field: FirstName, en: `first name, firstname, given name`, de: `vorname`},
	{field: LastName, en: `last name, lastname, surname, family name`, de: `nachname, familienname`},
	{field: Handle,
		en: `handle, handles, username, user name, account, account name, @, @handle, instagram id, social handle, social media handle,
			profile name, influencer handle, creator handle, account handle, @name, handle name, name handle, name and handle, name & handle,
			creator name handle, influencer name handle`,
		de:     `profilname, benutzername, nutzername, accountname, name und handle`,
		within: `social handle, influencer handle, creator handle, username, profilname, benutzername`},
	{field: Platform,
		en:     `platform, platforms, social network, social media, social channel, social media channel, social media platform, social platform`,
		de:     `plattform, social media kanal, plattformen, social media plattform, soziales netzwerk`,
		loose:  `channel, channels, network, kanal, kanäle, netzwerk`,
		within: `platform, plattform`},
	{field: ProfileLink,
		en:   `profile link, profile url, media url, social link, channel url, channel link, link to profile, account link, account url`,
		de:   `profillink, profil link, profil url, link zum profil, kanal link`,
		weak: `url, link`,
		faint: `profile, profil, profiles, profile page, social profile, social media profile, social media link, socials,
			social media profil, profilseite`,
		within: `profile link, profile url, profillink`},
	{field: Followers,
		en:     `followers, follower, follower count, followers count, subscribers, subs, audience size, number of followers, community size, fans`,
		de:     `abonnenten, followerzahl, follower anzahl, anzahl follower`,
		faint:  `audience, total audience, community, abos, abonnentenzahl, followerschaft, follower gesamt`,
		within: `followers, follower, subscribers, abonnenten`},
	{field: Email,
		en:   `email, email address, e mail, e mail address, mail, mail address, business email, contact email, business mail, contact mail`,
		de:   `e mail adresse, email adresse, mailadresse, kontakt e mail, kontakt mail`,
		weak: `contact`, within: `email, e mail`},
	{field: Phone,
		en: `phone, phone number, mobile, mobile number, mobile phone, tel, telephone, whatsapp, tel., phone no, phone no., phone #,
			contact number, contact phone, whatsapp number, phone whatsapp, mobile no, mobile no.`,
		de: `telefon, telefonnummer, handy, handynummer, mobil, mobilnummer, telefonnr, telefonnr., tel nr, tel. nr., telnr, telnr.,
			handynr, handynr., mobilnr, mobilnr., rufnummer, telefon whatsapp, whatsapp nummer`,
		within: `phone number, telefonnummer, handynummer`},
	{field: Category,
		en: `category, niche, vertical, topic, industry, niche category, category niche, content category, content niche,
			creator category, influencer category, genre`, de: `kategorie, nische, thema, branche, themen, kategorie nische, nische kategorie, themenbereich,
			themenfeld, themengebiet, creator kategorie, influencer kategorie`},
	{field: Tags,
		en: `tags, tag, labels, label, keywords`, de: `schlagworte, schlagwörter, stichworte`},
	{field: Responsible,
		en: `responsible, responsible person, responsible team member, owner, account manager, assignee, assigned to, managed by, poc,
			person in charge, in charge, internal owner, handled by, project manager, campaign manager, influencer manager, campaign owner, assigned`,
		de: `verantwortlich, verantwortliche, verantwortlicher, zuständig, betreuer, betreuerin, betreut von, bearbeiter, betreut durch,
			bearbeitet von, zuständigkeit, verantwortliche person, ansprechpartner intern, interner ansprechpartner, projektleitung,
			kampagnenmanager, zuständige r, verantwortliche r, zugewiesen an, kontakt intern, interner kontakt`,
		faint: `team member, assignees, deal owner, account owner, internal contact, coordinator, point of contact, booked by, kam,
			koordination, gebucht von, zugewiesen, teammitglied, mitarbeiter, mitarbeiterin, brand manager, wer kümmert sich, verantwortung`},

	{field: Campaign,
		en: `campaign, campaign name, campaign title, marketing campaign, campaign project, project campaign`,
		de: `kampagne, kampagnenname, kampagnentitel, marketingkampagne, name der kampagne, aktionsname, kampagne projekt,
			projekt kampagne, kampagne aktion`,
		loose:  `project, initiative, drop, aktion, projekt`,
		faint:  `campaign launch, kampagne launch, collection, kollektion`,
		within: `campaign name, kampagnenname`},
	{field: CampaignBudget,
		en: `campaign budget, total budget`, de: `kampagnenbudget, budget gesamt, gesamtbudget`,
		within: `campaign budget, kampagnenbudget`},
	{field: RevenueTarget,
		en: `revenue target, sales target, goal`, de: `umsatzziel, zielumsatz`, within: `revenue target, umsatzziel`},
	{field: CampaignStart,
		en: `campaign start, campaign start date, start of campaign, campaign begin, project start`,
		de: `kampagnenstart, kampagnenbeginn, kampagne von, start der kampagne, beginn der kampagne, projektstart`},
	{field: CampaignEnd,
		en: `campaign end, campaign end date, end of campaign, project end`,
		de: `kampagnenende, kampagne bis, ende der kampagne, projektende`},

	{field: Status,
		en: `deal status, collab status, collaboration status, stage, deal stage, cooperation status, contract status`,
		de: `kooperationsstatus, vertragsstatus, phase`,
		weak: `status, booking status, current status, confirmation status, negotiation status, pipeline stage, pipeline status,
			status of deal, status deal, status of cooperation, status of collaboration, status collab, partnership status, buchungsstatus,
			aktueller status, new status, neuer status, verhandlungsstatus, anfragestatus, status kooperation, kooperation status,
			status der kooperation`,
		faint: `outreach status, status zusage, status anfrage, bearbeitungsstatus, buchungsstand, verhandlungsstand, bearbeitungsstand,
			stand, progress, fortschritt, workflow, step, prozess, confirmed, confirmed?, bestätigt, booked, gebucht, signed, signed?, zusage,
			state, zustand, verhandlung, pipeline, section, section column, list, list name, bucket, bucket name, group, group name, board column,
			abschnitt, liste, gruppe, spalte`,
		within: `deal status, collab status, cooperation status, kooperationsstatus`},
	{field: Start,
		en: `posting date, post date, publish date, publishing date, publication date, go live, go live date, live date, start date,
			date start, start, live on, posted on, published on, goes live`,
		de: `startdatum, beginn, postingdatum, postingtermin, veröffentlichung, veröffentlichungsdatum, live am, gepostet am, veröffentlicht am`,
		vague: `posting, postings, live, published, posted, veröffentlicht, gepostet, zeitraum, posting zeitraum, postingzeitraum,
			laufzeit, posting period, integration date, vö, vö datum, vö termin, live ab, online ab, online von`,
		faint: `timeline, dates, flight, flight dates, flight date, aktionszeitraum, kooperationszeitraum, post, upload, online,
			online am, online datum, planned date, date planned, geplantes datum, datum geplant, publish, release, release date,
			veröffentlichung am, content date, content live, content live date, posting zeitpunkt, publikation, ausstrahlung, ausstrahlungsdatum,
			ausspielung, ausspieldatum, sendetermin, sendedatum, airing date, drop date, launch, launch date, activation date, aktivierung,
			scheduled, scheduled for, scheduled date, schedule, day, wann, when, koop start, kooperation start, deal start, collab date,
			collab start, collaboration date, story datum, story date, reel datum, reel date, video datum, video date, first post, erstes posting,
			posting 1, post 1, post 1 date, posting 1 datum, 1. posting, 1. post, timeline start, period from, zeitraum von, zeitraum ab,
			laufzeit von, laufzeit ab, laufzeitbeginn, laufzeitstart, posting von, kooperation von, kooperationsbeginn, kooperationsstart, post day,
			planned posting, planned post date, posting geplant, geplantes posting, date live, date posted, posting on, date of publication,
			publication, post termin, erscheinungsdatum, erscheinungstermin, erscheint am, datum der veröffentlichung, datum des postings,
			video live, story live, reel live, live since, live seit, online since, online seit, start am, startet am, starts, starts on,
			kooperationsdatum, koop datum, period, timing, timeframe, time frame, duration, dauer`,
		weak: `new posting date, neues postingdatum, posting date new, upload date, posting day, date of post, date of posting,
			posting slot, post slot, air date, postdatum, posting am, post am, datum posting, termin posting, postingtag, livegang, datum von,
			von datum, datum start, date from, from date, live datum, go live datum, upload datum, uploaddatum, veröffentlichungstermin, date,
			datum, termin, von, from`,
		within: `posting date, publish date, start date, postingdatum, posting datum, veröffentlichungsdatum, startdatum`},
	{field: End,
		en:    `end date, offline date, date end, timeline end, period to, period until, end of posting`,
		de:    `enddatum, laufzeitende, zeitraum bis, laufzeit bis, posting bis, kooperation bis, kooperationsende`,
		weak:  `end, ende, until, bis, datum bis, bis datum, datum ende, date to, date until, until date`,
		vague: `live bis, online bis, live until, online until`,
		faint: `offline, ablauf, stop, code valid until, code expiry, code expires, code end, code gültig bis, code läuft ab, code ende,
			to, till, live till, läuft bis, endet am, end am, ends, ends on, ending, finish, finish date, ende laufzeit, ende der kooperation,
			ende kooperation, koop ende, collab end, deal end, end of collaboration, end of cooperation, posting end`,
		last:   `expires, valid until, valid till, expiry date, expiry, expiration, expiration date, ablaufdatum, gültig bis`,
		within: `end date, offline date, enddatum, laufzeitende, ablaufdatum`},
	{field: Cost,
		en: `fixed costs, fixed cost, fee, fees, flat fee, fixed fee, total fee, net fee, fee net, cost, costs, total cost, total costs,
			agreed fee, influencer fee, influencer cost, influencer costs, creator fee, creator cost, creator costs, talent fee, collaboration fee,
			cooperation fee, cooperation cost, fix fee, negotiated fee, negotiated price, negotiated rate, confirmed fee, agreed price, agreed rate,
			agreed cost, agreed amount, fee agreed, price agreed, deal price, fix cost, talent cost, talent costs, creator fees, influencer fees,
			talent fees`,
		de: `fixkosten, honorar, kosten, vergütung, gage, festbetrag, gesamtkosten, kosten gesamt, gesamthonorar, honorar gesamt,
			honorar netto, preis netto, influencerkosten, influencer kosten, kooperationskosten, fixhonorar, fixbetrag, pauschalhonorar,
			verhandelter preis, vereinbarter preis, vereinbartes honorar, gesamtpreis, gesamtvergütung, nettohonorar, nettogage, honorarkosten,
			kooperationshonorar, festpreis, fixpreis, buchungskosten, buchungspreis, influencer honorar, creator honorar`,
		loose: `rate, price, spend, payment, compensation, preis, betrag`,
		weak: `final fee, final price, final cost, final costs, new fee, new price, actual cost, actual costs, actual fee, net price,
			net cost, net costs, price net, total price, fixum, aufwandsentschädigung, collab fee, amount, netto, preis final, finaler preis,
			endpreis, honorar final, finales honorar, honorar neu, neues honorar, preis neu, kosten netto, nettokosten, kosten ist, istkosten,
			ist kosten, honorar ist, ist honorar, honorar plan, honorar geplant, geplantes honorar, planhonorar, tatsächliches honorar,
			honorar soll, kosten plan, plankosten, kosten geplant, geplante kosten, rechnungsbetrag`,
		faint: `actual, actuals, ist, budgeted, planned, plan, geplant, soll, fix, deal size, investment, invest, influencer budget,
			creator budget, kooperationsbudget, flat rate, pauschale, pauschalpreis, pauschalbetrag, deal value, contract value, auftragswert,
			creator payment, influencer payment, publisher payment, payment amount, total payment, zahlbetrag, creator price, influencer price,
			creator rate, influencer rate, cost per influencer, costs per influencer, cost per creator, kosten influencer, kosten pro influencer,
			kosten creator, kosten pro creator, influencerhonorar, creatorhonorar, nettopreis, influencer spend, creator spend, booking cost,
			booking costs, booking fee, base fee, base pay, grundhonorar, grundgage, salary, cash, payout, auszahlung, pay, bezahlung, entlohnung,
			honorierung, ausgaben, aufwand, offer, quote, angebot, angebotspreis, kostenvoranschlag, kostenpunkt, invoice amount, invoice, rechnung`,
		last: `net, net amount, nettobetrag, actual spend, planned spend, budgeted spend, planned fee, planned cost, planned costs,
			fee planned, cost planned, budgeted fee, budgeted cost, fee actual, cost actual, tatsächliche kosten, kosten soll`,
		within: `fixed costs, fixed cost, agreed fee, total cost, total costs, fixkosten, honorar, vergütung, gage, festbetrag`},
	{field: Currency, en: `currency, ccy, currency code, curr, curr., cur, cur.`, de: `währung, whg, whg., währungscode, devise`},

	{field: UTMSource, en: `utm source`, de: `utm quelle`, within: `utm source, utm quelle`},
	{field: UTMMedium, en: `utm medium`, within: `utm medium`},
	{field: UTMCampaign, en: `utm campaign`, de: `utm kampagne`, within: `utm campaign, utm kampagne`},
	{field: UTMTerm, en: `utm term`, de: `utm begriff`, within: `utm term, utm begriff`},
	{field: UTMContent, en: `utm content`, de: `utm inhalt`, within: `utm content, utm inhalt`},
	{field: TrackingLink,
		en: `tracking link, tracking url, utm link, utm url, affiliate link, swipe up link, referral link, link with utm`,
		de: `trackinglink, affiliatelink, link mit utm`,
		faint: `utm, tracking, landing page, landingpage, landing page url, landingpage url, bio link, link in bio, shop link, shoplink,
			ref link, deeplink, deep link, ziel url, zielurl, ziellink, target url, destination url, destination, final url, campaign url,
			campaign link, kampagnenlink, utm parameter, utm parameters, personal link, persönlicher link, click url, website, swipe up,
			trackable link, unique link, individueller link, creator link, influencer link, link influencer, link creator, partner link,
			partnerlink, promo link, werbelink, story link, link für story, link for story, link zum shop, link to shop, link shop, shop url,
			short link, kurzlink, product link, produktlink, referral, lp, lp url, lp link`,
		within: `tracking link, trackinglink, utm link, affiliate link`},

	{field: Code,
		en: `discount code, discount codes, promo code, promo codes, coupon, coupons, coupon code, coupon codes, voucher, voucher code,
			voucher codes, offer code, promotion code, promotion codes, promotional code, checkout code, second code, extra code, additional code,
			backup code, code + %, code & %, discount code + %, discount code & %, code + discount, code & discount`,
		de: `rabattcode, rabattcodes, gutscheincode, gutscheincodes, gutschein, aktionscode, werbecode, zweitcode, zweiter code,
			weiterer code, weitere codes, personalisierter code, persönlicher code, rabattcode + %, rabattcode & %, rabattcode und %, code + rabatt,
			code & rabatt, code und rabatt`,
		weak: `creator code, influencer code, affiliate code, partner code, personal code, personalised code, personalized code, code,
			codes, code 1, code 2, code 3, individueller code, eigener code, referral code, kooperationscode, kooperations code`,
		vague: `shop code, code de, code at, code ch, code uk, code us, code fr, code nl, code it, code es`,
		faint: `code shop, shopify code, custom code, exclusive code, exklusiver code, codename, code name, code bezeichnung,
			community code, follower code, followercode, conversion code, conversion codes, code für community, code für follower, code link,
			code & link, code community, sales code, code instagram, code ig, code tiktok, code youtube`,
		within: `discount code, promo code, coupon code, voucher code, offer code, rabattcode, gutscheincode`},
	{field: Match, en: `code match, match type, rule, code rule, match`, de: `regel, code regel, vergleich`},
	{field: Percentage,
		en: `discount %, % off, discount percentage, discount percent, discount in %, % discount, percent off, percentage off,
			discount rate, discount in percent`,
		de:   `rabatt, rabatt %, rabatt in %, rabatt prozent, rabatthöhe, % rabatt, rabatt in prozent, rabattsatz, höhe rabatt, höhe des rabatts`,
		weak: `discount value, rabattwert`},

	{field: LastTouch, en: `add attribution last touch, attribution last touch, last touch`},
	{field: Notes,
		en: `notes, note, comments, comment, remarks, remark`,
		de: `notizen, notiz, bemerkung, bemerkungen, kommentar, kommentare, anmerkung, anmerkungen`,
		loose: `internal notes, internal note, internal comments, general notes, additional notes, notes comments, comments notes,
			additional info, additional information, interne notizen, interne notiz, interne bemerkung, interne bemerkungen, interner kommentar,
			notizen kommentare, bemerkungen notizen, weitere notizen, sonstige bemerkungen, hinweis, hinweise, sonstiges, memo, zusatzinfo,
			zusatzinfos, weitere infos, zusätzliche infos`},
	{field: CancelledOn, en: `cancelled on, canceled on, cancellation date`, de: `abgesagt am, storniert am`},
	{field: CancellationFee, en: `cancellation fee`, de: `ausfallhonorar, stornogebühr`},
	{field: CancellationReason, en: `cancellation reason`, de: `absagegrund, stornogrund`},
	{field: CRMID, en: `crm id`},
	{field: ImportStatus, en: `import status, import result, status klar aj`, de: `importstatus`},
}

// budgetSynonyms are headers that have one meaning in a table of budgets, and another or none in a sheet of cooperations.
var budgetSynonyms = []synonym{
	{field: Campaign, en: `name, campaign title, title`, de: `kampagnentitel, titel`},
	{field: CampaignBudget,
		en: `budget, planned budget, budget planned, plan, amount, month budget, monthly budget, budget of the month, budget per month,
			net budget, budget net`,
		de: `planbudget, geplantes budget, budget geplant, monatsbudget, budget pro monat, betrag, budget netto, nettobudget`},
	{field: RevenueTarget,
		en: `target, revenue goal, sales goal, planned revenue`, de: `ziel, umsatz ziel, geplanter umsatz, planumsatz`},
	{field: Month, en: `month, months, budget month`, de: `monat, monate, budgetmonat, planmonat`},
}

// otherMeaning are words that turn a header with a phrase of synonym.within into something else: "Product fixed costs",
// "Followers gained", "Agency email", "Campaign start date".
var otherMeaning = texts.Set(`agency agentur manager management product produkt variable reference percentage prozent %
	type typ format clicks klicks views impressions likes saves revenue umsatz sales orders bestellungen uses
	gained growth new average avg per pro sent contract vertrag briefing shipping versand brand marke
	exclusivity exklusivitaet usage rights nutzung nutzungsrecht nutzungsrechte buyout buyouts licence license licensing lizenz embargo
	sperrfrist whitelisting boosting goods ware waren assignee`)

// campaignDates are words that make a date one of the campaign or contract instead of the posting.
var campaignDates = texts.Set(`campaign kampagne kampagnen project projekt`)

// ambiguousHeaders have two meanings that the rest of the sheet does not tell apart.
var ambiguousHeaders = map[string]string{
	"reach":           "the followers of the profile or the reach of a post",
	"reichweite":      "the followers of the profile or the reach of a post",
	"ansprechpartner": "a member of your team or the contact on the influencer's side",
	"discount":        "a discount code or its percentage",
	"budget":          "the budget of the campaign or the cost of the cooperation",
}

// platformHeaders are headers of sheets that have a column of handles for each platform.
var platformHeaders = texts.Phrases(`instagram, ig, ig handle, instagram handle, instagram profil, instagram profile,
	instagram account, tiktok, tiktok handle, tiktok profil, tiktok profile, tiktok account, youtube, youtube channel,
	youtube kanal, youtube handle, x twitter, twitter, twitter handle, x handle, twitch, twitch handle, twitch kanal,
	pinterest, pinterest handle, facebook, snapchat, linkedin, insta, insta handle, insta name, insta account, insta profil, instagram name,
	instagram link, instagram url, instagram username, ig name, ig account, ig profil, ig profile, ig link, tik tok, tt, tt handle, tiktok name,
	tiktok link, tiktok url, tiktok username, youtube name, youtube link, youtube url, yt, yt channel, yt kanal, yt handle, x, facebook profil,
	facebook profile, facebook link, fb, pinterest profil, pinterest link, linkedin profil, linkedin profile, linkedin link, snapchat name,
	snap, tt link, tt url, tt account, tt name, tt profil, tt profile, tt username, ig url, ig username, yt link, yt url, yt name, fb link, fb url,
	fb page, fb profil, fb profile, threads, threads handle, twitch name, twitch link, twitch channel, blog, podcast`)

// formatHeaders are headers of what is posted, in which a platform may be named: "IG Reel", "2 TikToks".
var formatHeaders = texts.Phrases(`format, formats, type, typ, placement, placements, platzierung, deliverable, deliverables, leistung, leistungen, media, app, site, content,
	content type, post type, contentart, where, wo, medium, social, posting channel, posting kanal, media channel, main channel,
			primary channel, publishing channel,
	content channel, label, labels, tags, sm kanal, hauptkanal, hauptplattform, werbekanal, marketing channel, type of channel, socials, medien`)

// benefitTypeHeaders say in which unit a "Discount value" is.
var benefitTypeHeaders = texts.Phrases(`discount type, discount value type, rabatttyp, rabattart`)

// klarName and klarHeaders are headers that only Klar's template has.
const klarName = "influencer affiliate name"

var klarHeaders = texts.Phrases(`add attribution last touch, variable cost percentage, cost reference percentage,
	variable cost absolute, cost reference absolute, custom dimension 1`)
