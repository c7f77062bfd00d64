// Whose a firewall rule is, in the words of the program that wrote it.
import type { Message, Words } from '../message';
import type { None } from './none';

export interface OwnersMessages {
  readonly 'owner.breakwater': None;
  readonly 'owner.fail2ban': None;
  readonly 'owner.libvirt': None;
  readonly 'owner.docker': None;
  readonly 'owner.docker.publishes': { readonly to: string };
  readonly 'owner.v6': { readonly said: Message };
  readonly 'owner.on': { readonly said: Message; readonly interface: string };
  readonly 'owner.everything': None;
  readonly 'owner.anywhere': None;
  readonly 'owner.ufw.default': None;
  readonly 'owner.ufw.allow': { readonly what: Words; readonly from: Words };
  readonly 'owner.ufw.deny': { readonly what: Words; readonly from: Words };
  readonly 'owner.ufw.reject': { readonly what: Words; readonly from: Words };
  readonly 'owner.ufw.limit': { readonly what: Words; readonly from: Words };
  readonly 'owner.ufw.denies-by-default': None;
  readonly 'owner.ufw.limited': None;
  readonly 'owner.ufw.own': { readonly chain: string };
  readonly 'owner.firewalld.policy': { readonly policy: string };
  readonly 'owner.firewalld.no-zone': None;
  readonly 'owner.firewalld.own': { readonly chain: string };
  readonly 'owner.firewalld.everything': { readonly zone: string };
  readonly 'owner.firewalld.rest': { readonly zone: string };
  readonly 'owner.firewalld.rich': { readonly zone: string };
  readonly 'owner.firewalld.samba': { readonly zone: string };
  readonly 'owner.firewalld.port': { readonly zone: string; readonly port: string };
}
