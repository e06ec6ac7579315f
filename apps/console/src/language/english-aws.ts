/** What is said only where the domain's studios are SageMaker's. */
export const englishAws = {
  aws: {
    note: 'This domain runs on AWS: its studios are SageMaker Studio spaces.',
    noteText:
      'Homes, Git repositories, terminals and internet access of a studio are looked after in SageMaker Studio and by the deployed AWS resources. Those pages are therefore not in this console.',
    costNote:
      'An estimate from the times that SageMaker gives and the price table, and no bill: disks, data transfer and jobs are not in it, and idle time is not measured.',
    notHere: 'This page is not there on AWS',
    notHereText:
      'This domain’s studios run in SageMaker, which looks after what this page is about. Open your studio for files and Git; administrators find network, images and repositories in the AWS console.',
  },
  shareObject: {
    action: 'Share notebook',
    hint: 'In Buckets, choose a notebook and press Share notebook.',
    title: 'Share {{name}}',
    submit: 'Share',
    with: 'With',
    withHint: 'They see a read-only snapshot of the notebook as it is now, and nobody else does.',
    choose: 'Choose people or teams',
    everyone: 'Everyone in the domain',
    team: 'Team',
    days: 'For how many days',
    daysRule: 'At most {{days}}',
    outputs: 'With the outputs of its cells',
    accept: 'I have seen what was found in the notebook, and mean to share it',
  },
  spaces: {
    title: 'My space',
    description:
      'Your private JupyterLab in SageMaker, with a disk of its own. It costs by the hour only while JupyterLab runs; its disk costs until it is deleted.',
    create: 'Create space',
    createTitle: 'Create a space',
    createText:
      'You have one private space of your name. Choose what JupyterLab runs on; it can be changed later.',
    name: 'Name',
    instanceType: 'Instance type',
    status: 'Space',
    app: 'JupyterLab',
    created: 'Created',
    actions: 'Actions',
    open: 'Open',
    openNamed: 'Open {{spaceName}}',
    more: 'Further actions for {{spaceName}}',
    stop: 'Stop JupyterLab',
    stopTitle: 'Stop JupyterLab in {{spaceName}}?',
    stopText:
      'Kernels and terminals end, and what is only in their memory is lost. Files in the space stay.',
    changeType: 'Change instance type',
    changeTypeTitle: 'Instance type of {{spaceName}}',
    changeTypeText: 'It holds from the next start of JupyterLab on.',
    save: 'Save',
    delete: 'Delete',
    deleteTitle: 'Delete {{spaceName}}?',
    deleteText:
      'The space’s disk and every file on it are deleted for good. Copy what you need to a bucket first.',
    isRunning: 'Stop JupyterLab first',
    empty: 'You have no space yet',
    emptyText: 'Create one to work in JupyterLab, or open Studio and do it there.',
    openStudio: 'Open SageMaker Studio',
    noApp: 'Stopped',
    state: {
      Pending: 'Being made',
      InService: 'Ready',
      Updating: 'Changing',
      Deleting: 'Being deleted',
      Failed: 'Failed',
      Update_Failed: 'Not changed',
      Delete_Failed: 'Not deleted',
    },
  },
};

export const englishAwsAppTypes = {
  JupyterLab: 'JupyterLab',
  CodeEditor: 'Code Editor',
  Canvas: 'Canvas',
  RStudioServerPro: 'RStudio',
  RSessionGateway: 'R session',
  TensorBoard: 'TensorBoard',
  DetailedProfiler: 'Profiler',
};

export const englishAwsStages = {
  FindProfile: 'Find the user profile in SageMaker',
  PrepareSpace: 'Make the space ready',
  StartApp: 'Start JupyterLab in SageMaker (this may take some minutes)',
};

export const englishAwsErrors = {
  SpaceNotFound: 'There is no such space of yours',
  SpaceExists: 'There is a space of this name already. Choose another name.',
  SpaceInUse: 'JupyterLab runs in this space. Stop it first.',
  SpaceNotReady: 'The space is not ready. SageMaker says: {{state}}',
  AppDidNotStart: 'JupyterLab did not start. SageMaker says: {{state}}',
  ProfileNotDeployed:
    'This person has no user profile in the deployed domain yet ({{state}}). An operator deploys the domain file again.',
  DomainNotDeployed:
    'The domain {{domainName}} is not deployed, or not in the region of the domain file.',
  DomainMismatch: 'The deployed domain is of {{found}}, and the domain file says {{file}}.',
  AwsAccessDenied: 'AWS refuses {{operation}} to this console’s role ({{awsCode}}). {{detail}}',
  AwsCredentialsUnusable:
    'The AWS credentials that this console runs with are missing, invalid or expired ({{awsCode}}). What was done until now stays done.',
  AwsThrottled:
    'AWS asks to go slower ({{awsCode}}). Try again in a minute; what was done until now stays done.',
  AwsLimitReached: 'A quota of the AWS account is reached ({{awsCode}}). {{detail}}',
  AwsUnreachable: 'AWS cannot be reached ({{awsCode}}). Try again in a minute.',
  AwsRefused: 'AWS refused {{operation}} ({{awsCode}}). {{detail}}',
};

export const englishAwsEvents = {
  'space-changed': 'Space changed',
  'space-created': 'Space created',
  'space-deleted': 'Space deleted',
  'space-started': 'JupyterLab of a space started',
  'spaces-stopped': 'All apps of a person stopped',
  'studio-presigned': 'Presigned URL made',
};
