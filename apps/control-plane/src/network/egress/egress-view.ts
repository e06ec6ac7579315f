import type { EgressNow, EgressRequest, ProfileName } from '@strongroom/contracts';
import type { Clock } from '../../clock.ts';
import type { StudioOnNetwork } from '../studio-connection.ts';
import type { EgressDecision, EgressRules } from './egress-rules.ts';

type Asking = Pick<StudioOnNetwork, 'profileName' | 'team'>;

/** Besides these the network listens only on ports that an approval names. */
const commonPorts: ReadonlySet<number> = new Set([80, 443]);

/**
 * The rules in force, from the requests that are approved. INVARIANT: whether one is over is read
 * from the clock at each question, so a timer that comes late opens nothing.
 */
export class EgressView implements EgressRules {
  readonly #clock: Clock;
  readonly #isAlwaysOff: (profileName: ProfileName) => boolean;
  #approved: readonly EgressRequest[] = [];

  /** `isAlwaysOff`: held off by the domain file, which no approval is stronger than. */
  constructor(clock: Clock, isAlwaysOff: (profileName: ProfileName) => boolean = () => false) {
    this.#clock = clock;
    this.#isAlwaysOff = isAlwaysOff;
  }

  set(requests: readonly EgressRequest[]): void {
    this.#approved = requests.filter(({ state }) => state === 'Approved');
  }

  decide(studio: Asking, { name, port }: { name: string; port: number }): EgressDecision {
    const inForce = this.#inForce(studio);
    for (const request of inForce) {
      if (request.mode === 'open') return allowed(request, `egress/open/${request.requestId}`);
      const found = request.destinations.find(
        ({ names, ports }) => ports.includes(port) && names.some((each) => covers(each, name)),
      );
      if (found !== undefined) {
        return allowed(request, `egress/allow-list/${found.list ?? request.requestId}`);
      }
    }
    return refused(inForce.length === 0 ? 'off' : 'allow-list', `${name}:${port}`);
  }

  mayResolve(studio: Asking, name: string): EgressDecision {
    const inForce = this.#inForce(studio);
    for (const request of inForce) {
      const isNamed = request.destinations.some(({ names }) =>
        names.some((each) => covers(each, name)),
      );
      if (request.mode === 'open' || isNamed) return allowed(request, `egress/${request.mode}`);
    }
    return refused(inForce.length === 0 ? 'off' : 'allow-list', name);
  }

  ports(studio: Asking): readonly number[] {
    const named = this.#inForce(studio).flatMap(({ destinations }) =>
      destinations.flatMap(({ ports }) => ports),
    );
    return [...new Set(named)].filter((port) => !commonPorts.has(port));
  }

  /** What one studio can reach, for people. */
  now(studio: Asking): EgressNow {
    const inForce = this.#inForce(studio);
    const isOpen = inForce.some(({ mode }) => mode === 'open');
    const [until = null] = inForce.map(({ endsAt }) => endsAt).sort();
    return {
      mode: isOpen ? 'open' : inForce.length > 0 ? 'allow-list' : 'off',
      destinations: inForce.flatMap(({ destinations }) => destinations),
      until,
    };
  }

  #inForce(studio: Asking): EgressRequest[] {
    if (this.#isAlwaysOff(studio.profileName)) return [];
    return this.#approved.filter(
      (request) => this.#isInForce(request) && concerns(request, studio),
    );
  }

  #isInForce({ endsAt }: EgressRequest): boolean {
    return Date.parse(endsAt) > this.#clock().getTime();
  }
}

/** Whether the request is about this person's studio. */
export function concerns({ subject }: EgressRequest, { profileName, team }: Asking): boolean {
  switch (subject.kind) {
    case 'domain':
      return true;
    case 'team':
      return subject.team === team;
    case 'person':
      return subject.profileName === profileName;
  }
}

function covers(pattern: string, name: string): boolean {
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
}

function allowed({ decidedBy, endsAt }: EgressRequest, rule: string): EgressDecision {
  return {
    ...{ allowed: true, rule },
    sentence: {
      english: `Allowed by ${decidedBy ?? 'an administrator'} until ${endsAt}.`,
      korean: `${decidedBy ?? '관리자'}이(가) ${endsAt}까지 허용했습니다.`,
    },
  };
}

function refused(mode: 'off' | 'allow-list', wanted: string): EgressDecision {
  const english =
    mode === 'off'
      ? `Internet access is off for your studio, so ${wanted} cannot be reached.`
      : `${wanted} is not on the list of what your studio may reach.`;
  const korean =
    mode === 'off'
      ? `스튜디오의 인터넷 접속이 꺼져 있어 ${wanted}에 접속할 수 없습니다.`
      : `${wanted}은(는) 스튜디오가 접속할 수 있는 목록에 없습니다.`;
  return {
    ...{ allowed: false, rule: mode === 'off' ? 'egress/off' : 'egress/allow-list' },
    sentence: {
      english: `${english} Ask for it in the console under "Internet access".`,
      korean: `${korean} 콘솔의 "인터넷 접속"에서 요청하십시오.`,
    },
  };
}
