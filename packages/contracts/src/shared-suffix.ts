/** What registries give names below to anybody (`co.kr`), under two-letter country domains. */
const registryLabels: ReadonlySet<string> = new Set([
  ...[
    'ac',
    'co',
    'com',
    'edu',
    'go',
    'gob',
    'gouv',
    'gov',
    'govt',
    'gr',
    'id',
    'info',
    'ltd',
    'me',
  ],
  ...['mil', 'ne', 'net', 'nhs', 'nom', 'or', 'org', 'pe', 'plc', 're', 'sch', 'school', 'web'],
  ...['ad', 'ed', 'lg', 'hs', 'ms', 'es', 'kg', 'seoul', 'busan', 'daegu', 'incheon', 'gwangju'],
  ...['daejeon', 'ulsan', 'gyeonggi', 'gangwon', 'chungbuk', 'chungnam', 'jeonbuk', 'jeonnam'],
  ...['gyeongbuk', 'gyeongnam', 'jeju'],
]);

/** Where anybody may have a name in minutes, so that whoever reaches all of them reaches everybody. */
const hostingSuffixes: ReadonlySet<string> = new Set([
  ...['amazonaws.com', 'amazonaws.com.cn', 'awsapprunner.com', 'cloudfront.net', 'on.aws'],
  ...[
    'elasticbeanstalk.com',
    'amplifyapp.com',
    'azurewebsites.net',
    'azureedge.net',
    'azurefd.net',
  ],
  ...['windows.net', 'blob.core.windows.net', 'core.windows.net', 'cloudapp.net', 'azure.com'],
  ...['cloudapp.azure.com', 'azurestaticapps.net', 'azurecontainerapps.io', 'trafficmanager.net'],
  ...['appspot.com', 'run.app', 'web.app', 'firebaseapp.com', 'cloudfunctions.net', 'goog'],
  ...[
    'googleusercontent.com',
    'googleapis.com',
    'withgoogle.com',
    'blogspot.com',
    'firebaseio.com',
  ],
  ...['github.io', 'githubusercontent.com', 'github.dev', 'githubpreview.dev', 'gitlab.io'],
  ...['bitbucket.io', 'pages.dev', 'workers.dev', 'r2.dev', 'trycloudflare.com', 'vercel.app'],
  ...['now.sh', 'netlify.app', 'netlify.com', 'herokuapp.com', 'onrender.com', 'fly.dev'],
  ...[
    'railway.app',
    'surge.sh',
    'glitch.me',
    'repl.co',
    'replit.app',
    'replit.dev',
    'codespaces.net',
  ],
  ...['ngrok.io', 'ngrok.app', 'ngrok-free.app', 'ngrok.dev', 'loca.lt', 'serveo.net', 'nip.io'],
  ...['sslip.io', 'xip.io', 'duckdns.org', 'dyndns.org', 'no-ip.org', 'ddns.net', 'wordpress.com'],
  ...['digitaloceanspaces.com', 'ondigitalocean.app', 'linodeobjects.com', 'wasabisys.com'],
  ...['backblazeb2.com', 'myshopify.com', 'hf.space', 'streamlit.app', 'readthedocs.io'],
  ...['sharepoint.com', 'notion.site', 'webflow.io', 'deno.dev', 'supabase.co', 'cafe24.com'],
  ...['tistory.com', 'ncloudstorage.com', 'fin-ncloudstorage.com', 'kakaocdn.net', 'eu.org'],
]);
/** A service's part of a cloud, in a region or not: names below it are its customers'. */
const cloudPart =
  /(?:^|\.)(?:s3|execute-api|elb|lambda-url|compute)[^.]*(?:\.[^.]+)*\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/;

/**
 * Whether anybody may have a name below this one, so that `*.` before it would be everybody's. Knows
 * the registries and hosts that matter most, not all: whoever approves still reads the names.
 */
export function isSharedSuffix(suffix: string): boolean {
  const labels = suffix.split('.');
  if (labels.length === 1 || hostingSuffixes.has(suffix) || cloudPart.test(suffix)) return true;
  const [second = '', top = ''] = labels;
  return labels.length === 2 && top.length === 2 && registryLabels.has(second);
}
