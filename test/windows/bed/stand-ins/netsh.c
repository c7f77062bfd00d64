// Stands in for netsh.exe under wine: checks "advfirewall firewall add|set|delete rule" against the documented grammar
// (windowsserverdocs, netsh-advfirewall) and does to the registry what Windows does. Told to fail by C:\stand-ins\netsh.fail:
// lines "<number of the call> <what>", what = denied | error | lost | half | policy | crash.
#include "calls.h"

#define RULES L"SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules"
#define POLICY_RULES L"SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules"
#define EPOCH L"SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Epoch"
#define MOST 32768

typedef struct { const wchar_t *name; wchar_t value[MOST]; } Field;
static Field fields[] = {
  {L"name"}, {L"dir"}, {L"action"}, {L"description"}, {L"enable"}, {L"profile"}, {L"localip"}, {L"remoteip"},
  {L"localport"}, {L"remoteport"}, {L"protocol"}, {L"interfacetype"}, {L"edge"}, {L"security"}, {L"program"}, {L"service"},
};
enum { NAME, DIR, ACTION, DESCRIPTION, ENABLE, PROFILE, LOCALIP, REMOTEIP, LOCALPORT, REMOTEPORT, PROTOCOL };
#define FIELDS (int)(sizeof fields / sizeof *fields)

static int says(int code, const wchar_t *text) { wprintf(L"%ls\r\n\r\n", text); return code; }
static int wrong(const wchar_t *what) {
  wprintf(L"A specified value is not valid. (%ls)\r\n\r\n", what);
  return 1;
}
static wchar_t *value(int field) { return fields[field].value; }
static BOOL is(int field, const wchar_t *word) { return _wcsicmp(value(field), word) == 0; }

static BOOL readFields(int argc, wchar_t **argv, int from, int to) {
  for (int i = 0; i < FIELDS; i++) *fields[i].value = 0;
  for (int i = from; i < to; i++) {
    wchar_t *equals = wcschr(argv[i], L'=');
    int at = 0;
    if (!equals) return FALSE;
    for (; at < FIELDS; at++) {
      size_t length = wcslen(fields[at].name);
      if (length == (size_t)(equals - argv[i]) && _wcsnicmp(argv[i], fields[at].name, length) == 0) break;
    }
    if (at == FIELDS || *fields[at].value || !equals[1] || wcslen(equals + 1) >= MOST) return FALSE;
    wcscpy(fields[at].value, equals + 1);
  }
  return TRUE;
}

static BOOL isNumber(const wchar_t *text, unsigned most) {
  if (!*text || wcslen(text) > 5) return FALSE;
  for (const wchar_t *c = text; *c; c++) if (*c < L'0' || *c > L'9') return FALSE;
  return wcstoul(text, NULL, 10) <= most;
}

static BOOL areNumbers(const wchar_t *text) {
  static wchar_t copy[MOST];
  wcscpy(copy, text);
  for (wchar_t *part = wcstok(copy, L","); part; part = wcstok(NULL, L",")) if (!isNumber(part, 65535)) return FALSE;
  return TRUE;
}

// One address of either family, or 0; loopback and unspecified ones are refused as Windows refuses them ([MS-FASP] 2.2.24).
static int familyOf(const wchar_t *text, unsigned *four) {
  struct in_addr a;
  struct in6_addr b;
  static const unsigned char one[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, none[16];
  if (InetPtonW(AF_INET, text, &a) == 1) {
    *four = ntohl(a.s_addr);
    return *four >> 24 == 127 || *four == 0 || *four == 0xffffffff ? 0 : 4;
  }
  if (InetPtonW(AF_INET6, text, &b) == 1) return memcmp(&b, one, 16) == 0 || memcmp(&b, none, 16) == 0 ? 0 : 6;
  return 0;
}

// Writes |RA4=..| and |RA6=..| as the service does: subnets come back as address/mask in IPv4. Ranges may not span loopback.
static BOOL remotes(wchar_t *out, const wchar_t *text) {
  static wchar_t copy[MOST];
  int count = 0;
  unsigned first, last;
  wcscpy(copy, text);
  for (wchar_t *part = wcstok(copy, L","); part; part = wcstok(NULL, L",")) {
    wchar_t line[200], *dash = wcschr(part, L'-'), *slash = wcschr(part, L'/');
    int family;
    if (++count > 1000 || wcslen(part) > 150) return FALSE;
    if (_wcsicmp(part, L"localsubnet") == 0) { wcscat(out, L"RA4=LocalSubnet|RA6=LocalSubnet|"); continue; }
    if (dash) *dash = 0;
    if (slash) *slash = 0;
    if (!(family = familyOf(part, &first))) return FALSE;
    if (dash) {
      if (familyOf(dash + 1, &last) != family) return FALSE;
      if (family == 4 && ((first >> 24 < 127 && last >> 24 >= 127) || first > last)) return FALSE;
      _snwprintf(line, 200, L"RA%d=%ls-%ls|", family, part, dash + 1);
    } else if (slash) {
      int bits = _wtoi(slash + 1);
      unsigned mask = 0xffffffffu << (32 - bits);
      if (!isNumber(slash + 1, family == 4 ? 32 : 128) || bits == 0) return FALSE;
      if (family == 6) _snwprintf(line, 200, L"RA6=%ls/%d|", part, bits);
      else _snwprintf(line, 200, L"RA4=%ls/%u.%u.%u.%u|", part, mask >> 24, mask >> 16 & 255, mask >> 8 & 255, mask & 255);
    } else _snwprintf(line, 200, L"RA%d=%ls|", family, part);
    if (wcslen(out) + wcslen(line) > MOST - 1000) return FALSE;
    wcscat(out, line);
  }
  return count > 0;
}

static void ports(wchar_t *out, const wchar_t *token, const wchar_t *text) {
  static wchar_t copy[MOST];
  wcscpy(copy, text);
  for (wchar_t *part = wcstok(copy, L","); part; part = wcstok(NULL, L",")) {
    wcscat(out, token); wcscat(out, L"="); wcscat(out, part); wcscat(out, L"|");
  }
}

// The rule as the service writes it; NULL = a value that it would refuse (already said).
static wchar_t *ruleText(void) {
  static wchar_t out[MOST * 2];
  int protocol = is(PROTOCOL, L"tcp") ? 6 : is(PROTOCOL, L"udp") ? 17 : is(PROTOCOL, L"any") || !*value(PROTOCOL) ? 256 : -1;
  if (!*value(NAME) || is(NAME, L"all") || wcschr(value(NAME), L'|')) { wrong(L"name"); return NULL; }
  if (!is(DIR, L"in") && !is(DIR, L"out")) { wrong(L"dir"); return NULL; }
  if (!is(ACTION, L"allow") && !is(ACTION, L"block")) { wrong(L"action"); return NULL; }
  if (*value(ENABLE) && !is(ENABLE, L"yes") && !is(ENABLE, L"no")) { wrong(L"enable"); return NULL; }
  if (*value(PROFILE) && !is(PROFILE, L"any")) { wrong(L"profile"); return NULL; }
  if (protocol < 0) { wrong(L"protocol"); return NULL; }
  if ((*value(LOCALPORT) || *value(REMOTEPORT)) && protocol == 256) { wrong(L"ports without tcp or udp"); return NULL; }
  if (!areNumbers(value(LOCALPORT)) || !areNumbers(value(REMOTEPORT))) { wrong(L"ports"); return NULL; }
  if (wcschr(value(DESCRIPTION), L'|')) { wrong(L"description"); return NULL; }
  _snwprintf(out, 300, L"v2.31|Action=%ls|Active=%ls|Dir=%ls|", is(ACTION, L"block") ? L"Block" : L"Allow",
             is(ENABLE, L"no") ? L"FALSE" : L"TRUE", is(DIR, L"in") ? L"In" : L"Out");
  if (protocol != 256) _snwprintf(out + wcslen(out), 40, L"Protocol=%d|", protocol);
  ports(out, L"LPort", value(LOCALPORT));
  ports(out, L"RPort", value(REMOTEPORT));
  if (*value(REMOTEIP) && !is(REMOTEIP, L"any") && !remotes(out, value(REMOTEIP))) { wrong(L"remoteip"); return NULL; }
  wcscat(out, L"Name="); wcscat(out, value(NAME)); wcscat(out, L"|");
  if (*value(DESCRIPTION)) { wcscat(out, L"Desc="); wcscat(out, value(DESCRIPTION)); wcscat(out, L"|"); }
  return out;
}

static void newEpoch(void) {
  DWORD epoch = 0, size = sizeof epoch;
  RegGetValueW(HKEY_LOCAL_MACHINE, EPOCH, L"Epoch", RRF_RT_REG_DWORD, NULL, &epoch, &size);
  epoch++;
  RegSetKeyValueW(HKEY_LOCAL_MACHINE, EPOCH, L"Epoch", REG_DWORD, &epoch, sizeof epoch);
}

static void put(const wchar_t *key, const wchar_t *id, const wchar_t *rule) {
  RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, id, REG_SZ, rule, (DWORD)((wcslen(rule) + 1) * sizeof *rule));
}

static void newId(wchar_t *out) {
  GUID id;
  UuidCreate(&id);
  _snwprintf(out, 64, L"{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", id.Data1, id.Data2, id.Data3, id.Data4[0], id.Data4[1],
             id.Data4[2], id.Data4[3], id.Data4[4], id.Data4[5], id.Data4[6], id.Data4[7]);
}

// Ids of the local rules with this name and direction.
static int matching(const wchar_t *name, const wchar_t *dir, wchar_t ids[][300], int most) {
  HKEY key;
  int found = 0;
  static wchar_t rule[MOST * 2], wanted[600], way[40];
  _snwprintf(wanted, 600, L"|Name=%ls|", name);
  _snwprintf(way, 40, L"|Dir=%ls|", dir);
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, RULES, 0, KEY_READ, &key)) return 0;
  for (DWORD i = 0; found < most; i++) {
    wchar_t id[300];
    DWORD idSize = 300, size = sizeof rule - 2;
    LONG ended = RegEnumValueW(key, i, id, &idSize, NULL, NULL, (BYTE *)rule, &size);
    if (ended == ERROR_NO_MORE_ITEMS) break;
    if (ended) continue;
    rule[size / 2] = 0;
    if (!wcsstr(rule, wanted)) continue;
    if (*dir) { wchar_t *at = wcsstr(rule, L"|Dir="); if (!at || _wcsnicmp(at, way, wcslen(way))) continue; }
    wcscpy(ids[found++], id);
  }
  RegCloseKey(key);
  return found;
}

static int add(const wchar_t *fault) {
  wchar_t id[64], *rule = ruleText();
  if (!rule) return 1;
  if (!_wcsicmp(fault, L"lost")) return says(0, L"Ok.");
  newId(id);
  put(RULES, id, rule);
  newEpoch();
  if (!_wcsicmp(fault, L"policy")) put(POLICY_RULES, id, L"v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|Name=Policy wins|");
  return says(!_wcsicmp(fault, L"half") ? 1 : 0, L"Ok.");
}

static int delete(const wchar_t *fault) {
  static wchar_t ids[200][300];
  int found;
  HKEY key;
  for (int i = 0; i < FIELDS; i++) if (*value(i) && i != NAME && i != DIR) return wrong(fields[i].name);
  if (!*value(NAME)) return wrong(L"name");
  // What Windows does with it is what must never be asked for.
  if (is(NAME, L"all")) { RegDeleteTreeW(HKEY_LOCAL_MACHINE, RULES); return says(0, L"Deleted all rules."); }
  found = matching(value(NAME), value(DIR), ids, 200);
  if (!found) return says(1, L"No rules match the specified criteria.");
  if (_wcsicmp(fault, L"lost")) {
    RegOpenKeyExW(HKEY_LOCAL_MACHINE, RULES, 0, KEY_ALL_ACCESS, &key);
    for (int i = 0; i < found; i++) RegDeleteValueW(key, ids[i]);
    RegCloseKey(key);
    newEpoch();
  }
  return says(!_wcsicmp(fault, L"half") ? 1 : 0, L"Ok.");
}

// "set rule name=N [dir=D] new remoteip=R": the one change that is asked for; the rest of each rule stays.
static int set(const wchar_t *fault) {
  static wchar_t ids[200][300], old[MOST * 2], made[MOST * 2], wanted[MOST];
  wchar_t name[600], dir[40], *next;
  int found;
  for (int i = 0; i < FIELDS; i++) if (*value(i) && i != NAME && i != DIR && i != REMOTEIP) return wrong(fields[i].name);
  if (!*value(NAME) || is(NAME, L"all") || !*value(REMOTEIP)) return wrong(L"name");
  wcscpy(name, value(NAME));
  wcscpy(dir, value(DIR));
  *wanted = 0;
  if (!is(REMOTEIP, L"any") && !remotes(wanted, value(REMOTEIP))) return wrong(L"remoteip");
  found = matching(name, dir, ids, 200);
  if (!found) return says(1, L"No rules match the specified criteria.");
  if (!_wcsicmp(fault, L"lost")) return says(0, L"Updated 1 rule(s).");
  for (int i = 0; i < found; i++) {
    DWORD size = sizeof old;
    if (RegGetValueW(HKEY_LOCAL_MACHINE, RULES, ids[i], RRF_RT_REG_SZ, NULL, old, &size)) continue;
    *made = 0;
    // Token by token: the old addresses go, the new ones come before the name.
    for (wchar_t *token = old; *token; token = next) {
      next = wcschr(token, L'|');
      next = next ? next + 1 : token + wcslen(token);
      if (!wcsncmp(token, L"RA4=", 4) || !wcsncmp(token, L"RA6=", 4)) continue;
      if (!wcsncmp(token, L"Name=", 5)) wcscat(made, wanted);
      wcsncat(made, token, next - token);
    }
    put(RULES, ids[i], made);
  }
  newEpoch();
  return says(!_wcsicmp(fault, L"half") ? 1 : 0, L"Updated 1 rule(s).");
}

int wmain(int argc, wchar_t **argv) {
  wchar_t fault[40] = L"";
  BOOL adds, deletes, sets;
  logCall(argc, argv);
  faultOf(fault, 40);
  if (!_wcsicmp(fault, L"crash")) endParent();
  if (!_wcsicmp(fault, L"denied")) return says(1, L"The requested operation requires elevation (Run as administrator).");
  if (!_wcsicmp(fault, L"error")) return says(1, L"An error occurred while attempting to contact the Windows Defender Firewall service.");
  if (argc < 6 || _wcsicmp(argv[1], L"advfirewall") || _wcsicmp(argv[2], L"firewall") || _wcsicmp(argv[4], L"rule"))
    return says(1, L"The following command was not found.");
  adds = !_wcsicmp(argv[3], L"add");
  deletes = !_wcsicmp(argv[3], L"delete");
  sets = !_wcsicmp(argv[3], L"set");
  if (!adds && !deletes && !sets) return says(1, L"The following command was not found.");
  if (sets) {
    int at = 5;
    while (at < argc && _wcsicmp(argv[at], L"new")) at++;
    if (at == argc) return wrong(L"new");
    for (; at + 1 < argc; at++) argv[at] = argv[at + 1];
    argc--;
  }
  if (!readFields(argc, argv, 5, argc)) return wrong(L"arguments");
  return adds ? add(fault) : sets ? set(fault) : delete(fault);
}
