// Where the record of shields lies on Linux (file-hierarchy(7): state of the system that outlives a restart).
export const stateFolder = '/var/lib/breakwater';
