"""scikit-learn models: which passage answers which recommendation, and what an answer says.

linker  probability that a passage answers a recommendation, from the numbers that describe the pair
roles   what one sentence of an answer does: agree, new, existing, limit, refuse, reason, study, later, referral, context
coder   position, action and status of an answer, from its words, its sentences' roles and the cues that rules found
"""
