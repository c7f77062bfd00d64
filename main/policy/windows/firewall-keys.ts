// Where Windows keeps its firewall's policy ([MS-FASP] 2.2.32 for the stores, [MS-GPFAS] 2.2 for group policy).

const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
export const localPolicyKey = `${services}\\SharedAccess\\Parameters\\FirewallPolicy`;
export const localRulesKey = `${localPolicyKey}\\FirewallRules`;
/** Of Intune and the like. */
export const mdmPolicyKey = `${localPolicyKey}\\Mdm`;
export const groupPolicyKey = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';
export const firewallServiceKey = `${services}\\mpssvc`;
