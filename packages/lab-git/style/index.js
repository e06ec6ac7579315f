import './git.css';
