/** The console's own files did not come, its texts in one language or the other neither. */
export function showStartFailure(): void {
  const lines = [
    'Strongroom could not be loaded. Check the connection, then reload the page.',
    'Strongroom을 불러오지 못했습니다. 네트워크 연결을 확인한 뒤 페이지를 새로 고치세요.',
  ];
  const box = document.createElement('main');
  box.setAttribute('role', 'alert');
  Object.assign(box.style, { padding: '2rem', fontFamily: 'sans-serif', lineHeight: '1.6' });
  for (const [index, line] of lines.entries()) {
    const paragraph = document.createElement('p');
    paragraph.lang = index === 0 ? 'en' : 'ko';
    paragraph.textContent = line;
    box.append(paragraph);
  }
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Reload · 새로 고침';
  button.addEventListener('click', () => window.location.reload());
  box.append(button);
  document.getElementById('root')?.replaceChildren(box);
}
