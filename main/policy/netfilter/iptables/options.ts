// Which options iptables' matches and targets have, and how many words each takes (iptables-extensions(8), `iptables -m x --help`).

/** Words after each option, by the option's name with its dashes. */
export type Options = ReadonlyMap<string, number>;

/** The options of a match ("-m name"), or null for one that is not known here. */
export const optionsOfMatch = (name: string): Options | null => matches.get(name) ?? null;
/** The options of a target ("-j NAME"), or null for one that is not known here. */
export const optionsOfTarget = (name: string): Options | null => targets.get(name) ?? null;

/** One line a name; each "=" behind an option is a word that follows it. */
const matches = tableOf(`
addrtype src-type= dst-type= limit-iface-in limit-iface-out
ah ahspi= ahlen= ahres
bpf bytecode= object-pinned=
cgroup path= cgroup=
cluster cluster-total-nodes= cluster-local-node= cluster-local-nodemask= cluster-hash-seed=
comment comment=
connbytes connbytes= connbytes-dir= connbytes-mode=
connlabel label= set
connlimit connlimit-upto= connlimit-above= connlimit-mask= connlimit-saddr connlimit-daddr
connmark mark=
conntrack ctstate= ctproto= ctorigsrc= ctorigdst= ctreplsrc= ctrepldst= ctorigsrcport= ctorigdstport= ctreplsrcport= ctrepldstport= ctstatus= ctexpire= ctdir=
cpu cpu=
dccp source-port= sport= destination-port= dport= dccp-types= dccp-option=
devgroup src-group= dst-group=
dscp dscp= dscp-class=
dst dst-len= dst-opts=
ecn ecn-tcp-cwr ecn-tcp-ece ecn-ip-ect=
esp espspi=
eui64
frag fragid= fraglen= fragres fragfirst fragmore fraglast
hashlimit hashlimit= hashlimit-upto= hashlimit-above= hashlimit-mode= hashlimit-srcmask= hashlimit-dstmask= hashlimit-name= hashlimit-burst= hashlimit-htable-size= hashlimit-htable-max= hashlimit-htable-gcinterval= hashlimit-htable-expire= hashlimit-rate-match hashlimit-rate-interval=
hbh hbh-len= hbh-opts=
helper helper=
hl hl-eq= hl-lt= hl-gt=
icmp icmp-type=
icmp6 icmpv6-type=
ipcomp ipcompspi= compres
iprange src-range= dst-range=
ipv6header header= soft
ipvs ipvs vproto= vaddr= vport= vdir= vmethod= vportctl=
length length=
limit limit= limit-burst=
mac mac-source=
mark mark=
mh mh-type=
multiport source-ports= sports= destination-ports= dports= ports=
nfacct nfacct-name=
osf genre= ttl= log=
owner uid-owner= gid-owner= socket-exists suppl-groups
physdev physdev-in= physdev-out= physdev-is-in physdev-is-out physdev-is-bridged
pkttype pkt-type=
policy dir= pol= strict reqid= spi= proto= mode= tunnel-src= tunnel-dst= next
quota quota=
rateest rateest1= rateest2= rateest= rateest-delta rateest-bps1= rateest-pps1= rateest-bps2= rateest-pps2= rateest-bps= rateest-pps= rateest-lt rateest-gt rateest-eq
realm realm=
recent set rcheck update remove seconds= reap hitcount= rttl name= rsource rdest mask=
rpfilter loose validmark accept-local invert
rt rt-type= rt-segsleft= rt-len= rt-0-res rt-0-addrs= rt-0-not-strict
sctp source-port= sport= destination-port= dport= chunk-types==
set match-set== return-nomatch update-counters update-subcounters packets-eq= packets-lt= packets-gt= bytes-eq= bytes-lt= bytes-gt=
socket nowildcard transparent restore-skmark
srh srh-next-hdr= srh-hdr-len-eq= srh-hdr-len-gt= srh-hdr-len-lt= srh-segs-left-eq= srh-segs-left-gt= srh-segs-left-lt= srh-last-entry-eq= srh-last-entry-gt= srh-last-entry-lt= srh-tag= srh-psid= srh-nsid= srh-lsid=
state state=
statistic mode= probability= every= packet=
string from= to= algo= icase string= hex-string=
tcp source-port= sport= destination-port= dport= tcp-flags== syn tcp-option=
tcpmss mss=
time datestart= datestop= timestart= timestop= monthdays= weekdays= kerneltz utc localtz contiguous
tos tos=
ttl ttl-eq= ttl-lt= ttl-gt=
u32 u32=
udp source-port= sport= destination-port= dport=
udplite source-port= sport= destination-port= dport=
`);

const targets = tableOf(`
ACCEPT
AUDIT type=
CHECKSUM checksum-fill
CLASSIFY set-class=
CLUSTERIP new hashmode= clustermac= total-nodes= local-node= hash-init=
CONNMARK set-xmark= save-mark restore-mark set-mark= and-mark= or-mark= xor-mark= mask= ctmask= nfmask= left-shift-mark= right-shift-mark=
CONNSECMARK save restore
CT notrack helper= timeout= ctevents= expevents= zone= zone-orig= zone-reply=
DNAT to-destination= random persistent
DNPT src-pfx= dst-pfx=
DROP
DSCP set-dscp= set-dscp-class=
ECN ecn-tcp-remove
HL hl-set= hl-dec= hl-inc=
HMARK hmark-tuple= hmark-mod= hmark-offset= hmark-rnd= hmark-src-prefix= hmark-dst-prefix= hmark-sport-mask= hmark-dport-mask= hmark-spi-mask= hmark-sport= hmark-dport= hmark-spi= hmark-proto-mask=
IDLETIMER timeout= label= alarm
LED led-trigger-id= led-delay= led-always-blink
LOG log-level= log-prefix= log-tcp-sequence log-tcp-options log-ip-options log-uid log-macdecode
MARK set-xmark= set-mark= and-mark= or-mark= xor-mark=
MASQUERADE to-ports= random random-fully
NETMAP to=
NFLOG nflog-group= nflog-range= nflog-size= nflog-threshold= nflog-prefix=
NFQUEUE queue-num= queue-balance= queue-bypass queue-cpu-fanout
NOTRACK
QUEUE
RATEEST rateest-name= rateest-interval= rateest-ewmalog=
REDIRECT to-ports= random
REJECT reject-with=
RETURN
SECMARK selctx=
SET add-set== del-set== map-set== exist timeout= map-mark map-prio map-queue
SNAT to-source= random random-fully persistent
SNPT src-pfx= dst-pfx=
SYNPROXY sack-perm timestamp wscale= mss= ecn
TCPMSS set-mss= clamp-mss-to-pmtu
TCPOPTSTRIP strip-options=
TEE gateway= oif=
TOS set-tos= and-tos= or-tos= xor-tos=
TPROXY on-port= on-ip= tproxy-mark=
TRACE
TTL ttl-set= ttl-dec= ttl-inc=
ULOG ulog-nlgroup= ulog-cprange= ulog-qthreshold= ulog-prefix=
`);

function tableOf(text: string): ReadonlyMap<string, Options> {
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', ...options] = line.split(' ');
        return [name, new Map(options.map(withWords))] as const;
      }),
  );
}

function withWords(option: string): readonly [string, number] {
  const name = option.replace(/=*$/, '');
  return [`--${name}`, option.length - name.length];
}
