"""Records, identifiers, annotated documents, storage, sources and export tables.

Glossary, English for what the field names in English and Dutch where English has no word:

recommendation  aanbeveling: what a body advises another to do; the unit of the main table
response        the passage of a letter that answers one or more recommendations
position        the stance taken on a recommendation: agree, partly, disagree, neutral, none
action          what is done about it: new, existing, study, referral, later, none
status          what follows from the two: adopted, partly_adopted, deferred, rejected, unanswered
commitment      toezegging: a promise to act or to inform the Kamer, with its period
addressee       to whom a recommendation is directed
issuer          the body that recommends: an inspectorate, audit body, ombudsman or safety board
signatory       who signs the letter
Kamerstuk       printed parliamentary paper; identified by dossier ('28638') and number ('200')
vergaderjaar    the parliamentary year, September to September
furniture       what stands on a page beside its text: running headers, margin columns, page numbers
"""
