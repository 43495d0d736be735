package workspace

// The kinds of documents that say who may do what. Package access keeps them.
const (
	KindAccount    Kind = "account"    // rights and means to sign in; its id is the reference that everything else uses
	KindPerson     Kind = "person"     // what is known of whoever has an account; the same id
	KindLogin      Kind = "login"      // an account by the name that is typed; of the account, its parent
	KindIdentity   Kind = "identity"   // an account by what a provider calls it; of the account, its parent
	KindSession    Kind = "session"    // of an account, its parent
	KindFamiliar   Kind = "familiar"   // a browser in which an account signed in before; of the account, its parent
	KindKey        Kind = "key"        // of a program or a device; of the account that made it, its parent
	KindInvitation Kind = "invitation" // a link that works once; of the account, its parent
	KindPassage    Kind = "passage"    // a sign-in that is under way at a provider
	KindTries      Kind = "tries"      // how often a sign-in failed
)

// The kinds of documents of what was done. Package audit keeps them.
const (
	KindLog   Kind = "log"   // where the audit log ends
	KindEntry Kind = "entry" // of the audit log
	KindAside Kind = "aside" // what is personal about an entry; of the person, its parent
)

// The kinds of documents of plans. Package approval keeps them.
const (
	KindPlan     Kind = "plan"     // of an event, its parent
	KindRelease  Kind = "release"  // of a plan, as it was released; in a city, its parent
	KindRegister Kind = "register" // the last number that a city has given
	KindRules    Kind = "rules"
)
