package crm

// Database is a whole store, with the calls for one workspace and those that cross workspaces. All stores of this
// module are one, and so is a store that is joined to a transaction of the host.
type Database interface {
	Store
	AdminStore
}
