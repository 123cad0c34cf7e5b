package crm

// How many entries the lists of one record can have.
const (
	MaxProfiles     = 1_000 // of an influencer
	MaxTags         = 1_000 // of an influencer
	MaxCustomFields = 200   // of an influencer or a cooperation
	MaxRules        = 500   // discount rules of a profile or a cooperation
)
