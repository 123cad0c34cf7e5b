package cell

import (
	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// statusWords are the words of both languages for each status, in the form of PlainWords.
var statusWords = indexStatuses([]struct {
	status
	en, de string
}{
	{status{stage: budget.Signed},
		`signed, booked, confirmed, contract signed, live, posted, published, done, completed, complete, paid, agreed, deal agreed, deal signed,
			deal closed, deal won, won, closed won, committed, contracted, under contract, secured, locked in, onboarded, hired, collaborating,
			active, running, ongoing, on air, online, is live, now live, went live, gone live, live now, post live, content live, posted live,
			finished, delivered, fulfilled, invoiced, invoice received, invoice sent, invoice paid, payment sent, payment pending, payment due,
			awaiting payment, to be paid, paid in full, fully paid, partially paid, deposit paid, product sent, product shipped, product delivered,
			product received, package sent, package delivered, shipped, in production, in creation, content creation, creating content,
			content in progress, content in review, content received, content approved, content pending, content submitted, awaiting content,
			waiting for content, ready to post, to be posted, awaiting post, waiting to post, post pending, posting pending, renewed, extended,
			confirmed and paid, deal confirmed, collab confirmed, signed off, fully signed, countersigned, agreement signed, offer accepted,
			contract received, booked in`,
		`unterschrieben, unterzeichnet, bestätigt, gebucht, zugesagt, zusage, zusage erhalten, zusage da, hat zugesagt, fest, fest gebucht,
			fest zugesagt, fix, fixiert, deal, deal steht, steht, beauftragt, auftrag erteilt, vertrag unterzeichnet, vertrag unterschrieben,
			vertrag geschlossen, vertrag abgeschlossen, vertrag erhalten, vertrag zurück, vertrag da, unter vertrag, abgeschlossen, erledigt,
			fertig, gepostet, veröffentlicht, live gegangen, ist live, ausgespielt, aktiv, laufend, läuft, bezahlt, gezahlt, überwiesen, ausgezahlt,
			rechnung erhalten, rechnung gestellt, rechnung da, rechnung bezahlt, rechnung offen, zahlung offen, zahlung ausstehend, abgerechnet,
			gewonnen, vereinbart, geeinigt, einig, angebot angenommen, umgesetzt, in umsetzung, in produktion, produkt versendet,
			produkt verschickt, produkt erhalten, ware verschickt, ware versendet, paket verschickt, paket versendet, paket erhalten, versendet,
			content erhalten, content freigegeben, content in erstellung, content in arbeit, wartet auf content, warten auf content,
			wartet auf post, warten auf post, warten auf posting, verlängert, bestätigt und bezahlt`},
	{status{stage: budget.Negotiating},
		`negotiating, negotiation, negotiations, in negotiation, in negotiations, under negotiation, in discussion, in discussions, discussing,
			in talks, talking, in conversation, in contact, in touch, contract sent, contract out, contract pending, contract in review,
			awaiting contract, agreement sent, awaiting signature, waiting for signature, pending signature, signature pending, to be signed,
			to sign, out for signature, offer sent, offer made, offer pending, offer, offered, proposal, proposal sent, proposal made,
			quote received, quote sent, quote requested, rates requested, rate requested, rates received, rate card received,
			media kit received, media kit requested, requested, replied, responded, answered, reply received, response received, interested,
			interest, showed interest, in dialogue, terms sent, counter offer, counteroffer, pending`,
		`in verhandlung, in verhandlungen, verhandlung, verhandlungen, verhandelt, verhandeln, wird verhandelt, angefragt, anfrage,
			anfrage gesendet, anfrage gestellt, anfrage verschickt, anfrage läuft, preis angefragt, angebot, angebot gesendet,
			angebot verschickt, angebot gemacht, angebot erhalten, angebot eingeholt, angebot angefordert, angebot liegt vor, angebot offen,
			vertrag verschickt, vertrag gesendet, vertrag versendet, vertrag raus, vertrag offen, vertrag ausstehend, vertrag in prüfung,
			wartet auf vertrag, warten auf vertrag, wartet auf unterschrift, warten auf unterschrift, unterschrift fehlt, im gespräch, in gespräch,
			in gesprächen, im austausch, in kontakt, im kontakt, in abstimmung, interessiert, interesse, hat interesse, rückmeldung erhalten,
			antwort erhalten, hat geantwortet, geantwortet, mediakit erhalten, option, optioniert`},
	{status{stage: budget.Draft},
		`draft, planned, planning, in planning, idea, ideas, to contact, to be contacted, to reach out, to do outreach, not contacted,
			not contacted yet, not yet contacted, uncontacted, contacted, reached out, outreach, outreach sent, initial outreach, first contact,
			emailed, email sent, dm sent, messaged, message sent, pitched, pitch sent, invited, invitation sent, shortlist, shortlisted, longlist, waitlist, waitlisted, on waitlist, waiting list, on the waiting list, backup, backup option,
			longlisted, lead, leads, new lead, cold lead, warm lead, prospect, prospects, prospecting, potential, candidate, candidates, target,
			targeted, wishlist, wish list, backlog, to do, todo, new, sourced, sourcing, identified, discovered, discovery, researched, research, researching,
			qualified, qualifying, vetted, vetting, considering, in consideration, under consideration, not started, suggested, suggestion`,
		`entwurf, warteliste, auf warteliste, auf der warteliste, ersatz, reserve, geplant, planung, in planung, idee, ideen, erstkontakt, vorgemerkt, kontaktiert, angeschrieben, kontakt aufgenommen,
			kontakt hergestellt, kontaktaufnahme, e mail gesendet, mail gesendet, dm gesendet, nachricht gesendet, zu kontaktieren, kontaktieren,
			noch kontaktieren, anschreiben, noch anschreiben, anzuschreiben, nicht kontaktiert, noch nicht kontaktiert, noch nicht angeschrieben,
			wunschliste, merkliste, potenziell, potentiell, kandidat, kandidatin, neu, neuer lead, recherche, recherchiert, in recherche,
			auswahl, in auswahl, vorauswahl, vorschlag, vorgeschlagen, identifiziert, angedacht, eingeladen`},
	{status{cancelled: true},
		`cancelled, canceled, cancel, declined, rejected, ghosted, dropped, dropped out, lost, closed lost, deal lost, dead, dead lead, no deal,
			withdrawn, withdrew, passed, refused, turned down, not interested, no interest, uninterested, terminated, called off, aborted,
			abandoned, not a fit, no fit, bad fit, poor fit, disqualified, unqualified, blacklisted, blacklist, opted out, no show, failed, void,
			discarded, killed, backed out, pulled out, said no, deal cancelled, deal canceled, unresponsive,
			offer declined, offer rejected, offer refused, proposal declined, proposal rejected, deal declined, deal rejected, contract cancelled,
			contract canceled, contract terminated, collab cancelled, collab canceled, collaboration cancelled, collaboration canceled,
			cooperation cancelled, partnership cancelled`,
		`abgesagt, absage, absage erhalten, hat abgesagt, abgesprungen, storniert, storno, abgelehnt, ablehnung, hat abgelehnt, verloren,
			kein interesse, nicht interessiert, geplatzt, deal geplatzt, abgebrochen, gekündigt, zurückgezogen, zurückgetreten, ausgestiegen,
			rausgefallen, raus, entfallen, entfällt, fällt aus, ausgefallen, fällt weg, verworfen, gecancelt, gecancelled, gestrichen, gescheitert,
			nicht zustande gekommen, passt nicht, unpassend, kein fit, geghostet, keine zusammenarbeit, keine kooperation, kein deal,
			meldet sich nicht, angebot abgelehnt, anfrage abgelehnt, vertrag gekündigt, vertrag storniert, kooperation abgesagt,
			kooperation abgelehnt, kooperation geplatzt, koop abgesagt, zusammenarbeit abgelehnt, zusammenarbeit abgesagt, deal abgesagt,
			deal abgelehnt`},
})

func indexStatuses(rows []struct {
	status
	en, de string
}) map[string]status {
	index := map[string]status{}
	for _, r := range rows {
		for _, word := range texts.Phrases(r.en + "," + r.de) {
			index[word] = r.status
		}
	}
	return index
}

// ambiguousStatuses are words that different teams use for different stages.
var ambiguousStatuses = indexAmbiguous(map[[2]string]string{
	{"negotiating", "signed"}: `contract, vertrag, approved, accepted, freigegeben, angenommen, in progress, wip, in process, in arbeit,
		in bearbeitung, in review, under review, review, in prüfung, briefed, briefing, briefing sent, brief sent, gebrieft,
		briefing verschickt, briefing gesendet, reserved, reserviert, in work`,
	{"draft", "negotiating"}: `open, offen, follow up, followed up, follow up sent, nachgefasst, nachfassen, wiedervorlage, waiting, wartend,
		warten, awaiting reply, awaiting response, waiting for reply, waiting for response, warten auf antwort, wartet auf antwort,
		warten auf rückmeldung, wartet auf rückmeldung, qualified lead`,
	{"draft", "cancelled"}:       `no response, no reply, no answer, keine antwort, keine rückmeldung, keine reaktion, inactive, inaktiv`,
	{"draft", "signed"}:          `scheduled, terminiert, eingeplant, upcoming, ready`,
	{"negotiating", "cancelled"}: `on hold, hold, paused, pausiert, postponed, verschoben, zurückgestellt, stalled, ruht`,
	{"signed", "cancelled"}:      `closed, geschlossen, ended, beendet, expired, abgelaufen`,
})

func indexAmbiguous(lists map[[2]string]string) map[string][]string {
	index := map[string][]string{}
	for both, list := range lists {
		for _, word := range texts.Phrases(list) {
			index[word] = both[:]
		}
	}
	return index
}
