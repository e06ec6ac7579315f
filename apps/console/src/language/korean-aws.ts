/** 도메인의 스튜디오가 SageMaker에서 실행될 때만 표시되는 문구. */
export const koreanAws = {
  aws: {
    note: '이 도메인은 AWS에서 실행됩니다. 스튜디오는 SageMaker Studio 스페이스입니다.',
    noteText:
      '스튜디오의 홈, Git 리포지토리, 터미널, 인터넷 접속은 SageMaker Studio와 배포된 AWS 리소스에서 관리합니다. 따라서 해당 페이지는 이 콘솔에 표시되지 않습니다.',
    costNote:
      'SageMaker가 알려 주는 시간과 가격표로 계산한 추정치이며 청구서가 아닙니다. 디스크, 데이터 전송, 작업 비용은 포함되지 않고 유휴 시간은 측정하지 않습니다.',
    notHere: 'AWS에서는 제공되지 않는 페이지입니다',
    notHereText:
      '이 도메인의 스튜디오는 SageMaker에서 실행되며, 이 페이지의 기능도 SageMaker에서 관리합니다. 파일과 Git은 스튜디오에서 사용하세요. 네트워크, 이미지, 리포지토리는 관리자가 AWS 콘솔에서 확인할 수 있습니다.',
  },
  shareObject: {
    action: '노트북 공유',
    hint: '버킷에서 노트북을 선택하고 노트북 공유를 누르세요.',
    title: '{{name}} 공유',
    submit: '공유',
    with: '공유 대상',
    withHint: '현재 상태의 읽기 전용 사본을 지정한 사람만 볼 수 있습니다.',
    choose: '사용자 또는 팀 선택',
    everyone: '도메인의 모든 사용자',
    team: '팀',
    days: '공유 기간(일)',
    daysRule: '최대 {{days}}일',
    outputs: '셀 출력 포함',
    accept: '노트북에서 발견된 내용을 확인했으며, 의도한 공유입니다',
  },
  spaces: {
    title: '내 스페이스',
    description:
      'SageMaker에 있는 개인 전용 JupyterLab이며 별도의 디스크를 갖습니다. 시간당 요금은 JupyterLab이 실행되는 동안에만 부과되고, 디스크 요금은 삭제할 때까지 부과됩니다.',
    create: '스페이스 만들기',
    createTitle: '스페이스 만들기',
    createText:
      '본인 이름의 비공개 스페이스 하나를 만듭니다. JupyterLab을 실행할 인스턴스 유형을 선택하세요. 나중에 변경할 수 있습니다.',
    name: '이름',
    instanceType: '인스턴스 유형',
    status: '스페이스',
    app: 'JupyterLab 상태',
    created: '만든 시간',
    actions: '작업',
    open: '열기',
    openNamed: '{{spaceName}} 열기',
    more: '{{spaceName}} 추가 작업',
    stop: 'JupyterLab 중지',
    stopTitle: '{{spaceName}}의 JupyterLab을 중지할까요?',
    stopText:
      '커널과 터미널이 종료되고 메모리에만 있던 내용은 사라집니다. 스페이스의 파일은 그대로 남습니다.',
    changeType: '인스턴스 유형 변경',
    changeTypeTitle: '{{spaceName}}의 인스턴스 유형',
    changeTypeText: 'JupyterLab을 다음에 시작할 때부터 적용됩니다.',
    save: '저장',
    delete: '삭제',
    deleteTitle: '{{spaceName}} 스페이스를 삭제할까요?',
    deleteText:
      '스페이스의 디스크와 그 안의 모든 파일이 영구히 삭제됩니다. 필요한 파일은 먼저 버킷에 복사해 두세요.',
    isRunning: '먼저 JupyterLab을 중지하세요',
    empty: '아직 스페이스가 없습니다',
    emptyText: '스페이스를 만들어 JupyterLab에서 작업하거나, Studio를 열어 그곳에서 만드세요.',
    openStudio: 'SageMaker Studio 열기',
    noApp: '중지됨',
    state: {
      Pending: '만드는 중',
      InService: '준비됨',
      Updating: '변경 중',
      Deleting: '삭제 중',
      Failed: '실패',
      Update_Failed: '변경하지 못함',
      Delete_Failed: '삭제하지 못함',
    },
  },
};

export const koreanAwsAppTypes = {
  JupyterLab: 'JupyterLab 앱',
  CodeEditor: '코드 편집기',
  Canvas: 'Canvas 앱',
  RStudioServerPro: 'RStudio 앱',
  RSessionGateway: 'R 세션',
  TensorBoard: 'TensorBoard 앱',
  DetailedProfiler: '프로파일러',
};

export const koreanAwsStages = {
  FindProfile: 'SageMaker에서 사용자 프로필 확인',
  PrepareSpace: '스페이스 준비',
  StartApp: 'SageMaker에서 JupyterLab 시작(몇 분 걸릴 수 있습니다)',
};

export const koreanAwsErrors = {
  SpaceNotFound: '본인의 스페이스 중에 해당 이름이 없습니다',
  SpaceExists: '같은 이름의 스페이스가 이미 있습니다. 다른 이름을 사용하세요.',
  SpaceInUse: '이 스페이스에서 JupyterLab이 실행 중입니다. 먼저 중지하세요.',
  SpaceNotReady: '스페이스가 준비되지 않았습니다. SageMaker 메시지: {{state}}',
  AppDidNotStart: 'JupyterLab이 시작되지 않았습니다. SageMaker 메시지: {{state}}',
  ProfileNotDeployed:
    '배포된 도메인에 이 사용자의 프로필이 아직 없습니다({{state}}). 운영자가 도메인 파일을 다시 배포해야 합니다.',
  DomainNotDeployed: '도메인 {{domainName}}이(가) 배포되지 않았거나 도메인 파일의 리전에 없습니다.',
  DomainMismatch:
    '배포된 도메인은 {{found}}에 있지만 도메인 파일에는 {{file}}(으)로 되어 있습니다.',
  AwsAccessDenied:
    'AWS가 이 콘솔의 역할에 {{operation}} 권한을 허용하지 않습니다({{awsCode}}). {{detail}}',
  AwsCredentialsUnusable:
    '이 콘솔이 사용하는 AWS 자격 증명이 없거나 잘못되었거나 만료되었습니다({{awsCode}}). 운영자가 갱신해야 하며, 지금까지 처리된 작업은 유지됩니다.',
  AwsThrottled:
    'AWS에 요청이 너무 많습니다({{awsCode}}). 잠시 후 다시 시도하세요. 지금까지 처리된 작업은 유지됩니다.',
  AwsLimitReached: 'AWS 계정의 할당량에 도달했습니다({{awsCode}}). {{detail}}',
  AwsUnreachable: 'AWS에 연결할 수 없습니다({{awsCode}}). 잠시 후 다시 시도하세요.',
  AwsRefused: 'AWS가 {{operation}} 요청을 거부했습니다({{awsCode}}). {{detail}}',
};

export const koreanAwsEvents = {
  'space-changed': '스페이스 변경',
  'space-created': '스페이스 생성',
  'space-deleted': '스페이스 삭제',
  'space-started': '스페이스의 JupyterLab 시작',
  'spaces-stopped': '사용자의 모든 앱 중지',
  'studio-presigned': '미리 서명된 URL 생성',
};
